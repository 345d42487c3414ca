package dev.embedlab.robust;

import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.TextPair;
import dev.embedlab.encode.Encoder;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import dev.embedlab.vector.ExactIndex;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well two languages lie on top of each other in a vector space.
 *
 * @param forward share of texts whose nearest in the other language is their translation
 * @param backward the same from the other side
 * @param ofPairs cosine of a text and its translation, mean
 * @param ofOthers cosine of a text and somebody else's translation, mean
 */
public record Alignment(Interval forward, Interval backward, Interval ofPairs, Interval ofOthers) {

  /**
   * @param pairs text and translation, at least two
   */
  public static Alignment of(Encoder encoder, List<TextPair> pairs) {
    float[][] first = encoder.encode(pairs.stream().map(TextPair::first).toList());
    float[][] second = encoder.encode(pairs.stream().map(TextPair::second).toList());
    int n = pairs.size();
    Bootstrap bootstrap = Bootstrap.standard();
    return new Alignment(
        bootstrap.mean(found(encoder, first, second)),
        bootstrap.mean(found(encoder, second, first)),
        bootstrap.mean(cosines(first, second, 0)),
        bootstrap.mean(cosines(first, second, n / 2)));
  }

  private static double[] found(Encoder encoder, float[][] from, float[][] to) {
    try (ExactIndex index = ExactIndex.of(to, encoder.similarity())) {
      int[][] nearest = index.search(from, 1).positions();
      return IntStream.range(0, from.length).mapToDouble(i -> nearest[i][0] == i ? 1 : 0).toArray();
    }
  }

  private static double[] cosines(float[][] a, float[][] b, int shift) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> Vectors.cosine(a[i], b[(i + shift) % b.length]))
        .toArray();
  }

  /**
   * Names of countries and languages in two languages, as the JDK's locale data has them: a small
   * test of alignment that every machine holds.
   */
  public static List<TextPair> localeNames(Locale first, Locale second) {
    Stream<TextPair> countries =
        Stream.of(Locale.getISOCountries())
            .map(code -> Locale.of("", code))
            .map(l -> new TextPair(l.getDisplayCountry(first), l.getDisplayCountry(second)));
    Stream<TextPair> languages =
        Stream.of(Locale.getISOLanguages())
            .map(Locale::of)
            .map(l -> new TextPair(l.getDisplayLanguage(first), l.getDisplayLanguage(second)));
    // Names that a language lacks are given as codes or in English; those tell nothing.
    return Stream.concat(countries, languages)
        .filter(pair -> pair.first().length() > 3 && pair.second().length() > 1)
        .filter(pair -> !pair.first().equals(pair.second()))
        .distinct()
        .toList();
  }

  /**
   * Questions of one language over the documents of another: two versions of one data set whose ids
   * agree.
   *
   * @throws IllegalArgumentException if they share no judged document
   */
  public static RetrievalDataset crossed(
      RetrievalDataset questions, RetrievalDataset documents, String split) {
    boolean shared =
        questions.qrels(split).asMap().values().stream()
            .anyMatch(
                grades ->
                    grades.keySet().stream()
                        .anyMatch(id -> documents.corpus().find(id).isPresent()));
    if (!shared) {
      throw new IllegalArgumentException(
          "'%s' and '%s' share no document ids, so that questions of one cannot be judged on the other."
              .formatted(questions.name(), documents.name()));
    }
    return new RetrievalDataset(
        questions.name() + " > " + documents.name(),
        documents.corpus(),
        questions.queries(),
        questions.splits());
  }

  @Override
  public String toString() {
    return "translation found %s, back %s; cosine of pairs %s, of others %s"
        .formatted(forward, backward, ofPairs, ofOthers);
  }
}
