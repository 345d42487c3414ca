package dev.embedlab.train;

import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.Run;
import dev.embedlab.search.PairScorer;
import dev.embedlab.search.Retriever;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Finds documents that a search system ranks high for a query although nobody judged them relevant:
 * the negatives most worth learning from. Mine with BM25 first, then with the model just trained,
 * round by round.
 *
 * <pre>{@code
 * HardNegatives.Mined mined = HardNegatives.builder().perPair(1).mine(bm25, data, "train");
 * System.out.println(mined.report());
 * trainer.train(encoder, mined.examples());
 * }</pre>
 *
 * <p>High-ranked documents without a judgement are often right answers. Ranks from {@link
 * Builder#ranks}, and margins below the score of the labelled document, keep those out; so is any
 * document left out that says the same, to the letter, as a right answer or another negative.
 * Source: Moreira et al., "NV-Retriever: Improving text embedding models with effective
 * hard-negative mining" (2024).
 */
public final class HardNegatives {

  private final int firstRank;
  private final int lastRank;
  private final int perPair;
  private final double absoluteMargin;
  private final double relativeMargin;
  private final Optional<PairScorer> guard;
  private final double guardMargin;

  private HardNegatives(Builder options) {
    this.firstRank = options.firstRank;
    this.lastRank = options.lastRank;
    this.perPair = options.perPair;
    this.absoluteMargin = options.absoluteMargin;
    this.relativeMargin = options.relativeMargin;
    this.guard = options.guard;
    this.guardMargin = options.guardMargin;
    if (firstRank < 1 || lastRank < firstRank || perPair < 1) {
      throw new IllegalArgumentException(
          "ranks %d to %d with %d negatives per pair: ranks count from 1 and need room for one."
              .formatted(firstRank, lastRank, perPair));
    }
    if (!(relativeMargin >= 0 && relativeMargin <= 1)) {
      throw new IllegalArgumentException(
          "relativeMargin must be a share from 0 to 1, but is %s.".formatted(relativeMargin));
    }
    requireFinite("absoluteMargin", absoluteMargin);
    requireFinite("the guard's margin", guardMargin);
  }

  private static void requireFinite(String name, double margin) {
    if (!Double.isFinite(margin)) {
      throw new IllegalArgumentException(
          "%s must be a finite number, but is %s.".formatted(name, margin));
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * @param examples (query, positive, negative 1 ... n), all with the same number of negatives
   * @param pairs labelled pairs looked at
   * @param tooNear candidates left out because they scored within a margin of the positive
   * @param withoutEnough pairs left out for want of negatives
   * @param samples some of the examples, for a look by eye
   */
  public record Mined(
      List<TrainingExample> examples,
      int pairs,
      int tooNear,
      int withoutEnough,
      List<TrainingExample> samples) {

    /** A few lines for people. */
    public String report() {
      StringBuilder text = new StringBuilder();
      text.append(
          "%d of %d pairs got negatives; %d candidates were too near the positive, %d pairs had too few.%n"
              .formatted(examples.size(), pairs, tooNear, withoutEnough));
      for (TrainingExample sample : samples) {
        text.append("query    %s%n".formatted(cut(sample.texts().get(0))));
        text.append("positive %s%n".formatted(cut(sample.texts().get(1))));
        text.append("negative %s%n%n".formatted(cut(sample.texts().get(2))));
      }
      return text.toString();
    }

    private static String cut(String text) {
      return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
  }

  /**
   * @param system searches the corpus of the data set
   * @param split whose judged queries are used; never test
   */
  public Mined mine(Retriever system, RetrievalDataset dataset, String split) {
    Queries queries = dataset.queries(split);
    Run run = system.retrieve(queries, depth(dataset));
    List<TrainingExample> examples = new ArrayList<>();
    int pairs = 0;
    int[] tooNear = new int[1];
    for (Query query : queries) {
      Map<String, Integer> judged = dataset.qrels(split).of(query.id());
      for (Map.Entry<String, Integer> grade : judged.entrySet()) {
        var positive = dataset.corpus().find(grade.getKey());
        if (grade.getValue() <= 0 || positive.isEmpty()) {
          continue;
        }
        pairs++;
        List<String> texts = new ArrayList<>(List.of(query.text(), positive.get().contents()));
        Labelled pair = new Labelled(query.text(), positive.get(), judged);
        texts.addAll(negatives(run.of(query.id()), pair, dataset, tooNear));
        if (texts.size() == perPair + 2) {
          examples.add(new TrainingExample(texts, List.of()));
        }
      }
    }
    List<TrainingExample> samples = examples.subList(0, Math.min(3, examples.size()));
    return new Mined(
        List.copyOf(examples), pairs, tooNear[0], pairs - examples.size(), List.copyOf(samples));
  }

  /** Ranks to ask for, no more than there are documents. */
  private int depth(RetrievalDataset dataset) {
    long wanted = (long) lastRank + perPair;
    return (int) Math.min(wanted, Math.max(1, dataset.corpus().size()));
  }

  private List<String> negatives(
      Ranking ranking, Labelled pair, RetrievalDataset dataset, int[] tooNear) {
    OptionalDouble limit = limit(ranking, pair.positive().id());
    Set<String> known = positives(pair, dataset);
    List<String> candidates = new ArrayList<>();
    for (int rank = firstRank - 1; rank < Math.min(ranking.size(), lastRank); rank++) {
      String id = ranking.documentId(rank);
      Optional<String> text = dataset.corpus().find(id).map(Document::contents);
      if (pair.judged().getOrDefault(id, 0) > 0 || text.filter(known::contains).isPresent()) {
        continue;
      }
      if (limit.isPresent() && ranking.score(rank) > limit.getAsDouble()) {
        tooNear[0]++;
        continue;
      }
      text.ifPresent(candidates::add);
      text.ifPresent(known::add);
      if (candidates.size() == perPair && guard.isEmpty()) {
        break;
      }
    }
    List<String> kept = guarded(pair, candidates, tooNear);
    return kept.subList(0, Math.min(perPair, kept.size()));
  }

  /** Texts of all documents that answer the query, whatever their id. */
  private static Set<String> positives(Labelled pair, RetrievalDataset dataset) {
    Set<String> texts = new HashSet<>();
    pair.judged()
        .forEach(
            (id, grade) -> {
              if (grade > 0) {
                dataset.corpus().find(id).map(Document::contents).ifPresent(texts::add);
              }
            });
    return texts;
  }

  /** Without what the guard scores nearly as high as the positive. */
  private List<String> guarded(Labelled pair, List<String> candidates, int[] tooNear) {
    if (guard.isEmpty() || candidates.isEmpty()) {
      return candidates;
    }
    List<String> texts = new ArrayList<>(candidates);
    texts.add(pair.positive().contents());
    float[] scores = guard.get().score(pair.query(), texts);
    double limit = scores[candidates.size()] - guardMargin;
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (scores[i] <= limit) {
        kept.add(candidates.get(i));
      }
    }
    tooNear[0] += candidates.size() - kept.size();
    return kept;
  }

  /** A query, a document that answers it, and all that is known about the query. */
  private record Labelled(String query, Document positive, Map<String, Integer> judged) {}

  /**
   * Highest score a negative may have; none where the positive was not found or no margin is set.
   */
  private OptionalDouble limit(Ranking ranking, String positive) {
    int rank = ranking.documentIds().indexOf(positive);
    if (rank < 0 || (absoluteMargin == 0 && relativeMargin == 0)) {
      return OptionalDouble.empty();
    }
    double score = ranking.score(rank);
    return OptionalDouble.of(
        Math.min(score - absoluteMargin, score - Math.abs(score) * relativeMargin));
  }

  /**
   * Defaults: one negative for each pair from ranks 1 to 50, at most 95 % of the positive's score.
   */
  public static final class Builder {
    private int firstRank = 1;
    private int lastRank = 50;
    private int perPair = 1;
    private double absoluteMargin;
    private double relativeMargin = 0.05;
    private Optional<PairScorer> guard = Optional.empty();
    private double guardMargin;

    private Builder() {}

    /** Ranks to take from, counted from 1, both included; default 1 to 50. */
    public Builder ranks(int first, int last) {
      firstRank = first;
      lastRank = last;
      return this;
    }

    /** Negatives for each pair; default 1. */
    public Builder perPair(int value) {
      perPair = value;
      return this;
    }

    /** A negative scores at least this much less than the positive; default 0. */
    public Builder absoluteMargin(double value) {
      absoluteMargin = value;
      return this;
    }

    /** A negative scores at most (1 - this) of the positive, 0 to 1; default 0.05. */
    public Builder relativeMargin(double value) {
      relativeMargin = value;
      return this;
    }

    /**
     * Lets a better judge, usually a cross-encoder, look at every candidate: one that it does not
     * score at least {@code margin} below the labelled document is likely a right answer and is
     * left out.
     */
    public Builder guard(PairScorer scorer, double margin) {
      guard = Optional.of(scorer);
      guardMargin = margin;
      return this;
    }

    public HardNegatives build() {
      return new HardNegatives(this);
    }

    /** Same as {@code build().mine(...)}. */
    public Mined mine(Retriever system, RetrievalDataset dataset, String split) {
      return build().mine(system, dataset, split);
    }
  }
}
