package dev.embedlab.robust;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Queries;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far queries move when their text changes but not their meaning.
 *
 * @param perturbation what was done
 * @param changed share of the queries whose text changed at all
 * @param cosine between the vectors before and after, mean over queries; 1 is unmoved
 * @param overlap share of the first k documents that stay among the first k, mean over queries
 * @param sameFirst share of the queries whose first document stays first
 */
public record Stability(
    String perturbation, double changed, Interval cosine, Interval overlap, Interval sameFirst) {

  /**
   * @param k documents compared, for example 10
   */
  public static Stability of(
      Encoder encoder, Queries queries, Corpus corpus, Perturbation perturbation, int k) {
    float[][] documents = encoder.encode(corpus.contents(), EncodeOptions.documents());
    try (ExactIndex index = ExactIndex.of(documents, encoder.similarity())) {
      return of(encoder, queries.texts(), index, perturbation, k);
    }
  }

  private static Stability of(
      Encoder encoder, List<String> texts, ExactIndex index, Perturbation perturbation, int k) {
    List<String> perturbed = texts.stream().map(perturbation.change()).toList();
    float[][] before = encoder.encode(texts, EncodeOptions.queries());
    float[][] after = encoder.encode(perturbed, EncodeOptions.queries());
    Hits hitsBefore = index.search(before, k);
    Hits hitsAfter = index.search(after, k);
    int n = texts.size();
    double[] cosine = new double[n];
    double[] overlap = new double[n];
    double[] first = new double[n];
    int changed = 0;
    for (int i = 0; i < n; i++) {
      changed += texts.get(i).equals(perturbed.get(i)) ? 0 : 1;
      cosine[i] = Vectors.cosine(before[i], after[i]);
      overlap[i] = overlap(hitsBefore.positions()[i], hitsAfter.positions()[i]);
      first[i] = hitsBefore.positions()[i][0] == hitsAfter.positions()[i][0] ? 1 : 0;
    }
    Bootstrap bootstrap = Bootstrap.standard();
    return new Stability(
        perturbation.name(),
        (double) changed / n,
        bootstrap.mean(cosine),
        bootstrap.mean(overlap),
        bootstrap.mean(first));
  }

  private static double overlap(int[] a, int[] b) {
    Set<Integer> set = new HashSet<>();
    Arrays.stream(a).forEach(set::add);
    return Arrays.stream(b).filter(set::contains).count() / (double) a.length;
  }

  @Override
  public String toString() {
    return "%s: cosine %s, overlap %s, same first %s"
        .formatted(perturbation, cosine, overlap, sameFirst);
  }
}
