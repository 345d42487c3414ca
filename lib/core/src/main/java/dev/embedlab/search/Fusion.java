package dev.embedlab.search;

import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one ranking of several. A document that a run did not return gets nothing from it: rank
 * fusion adds 0, weighted sums add the lowest normalised score of that run. Equal sums stand in
 * ascending order of document id.
 */
public sealed interface Fusion {

  /** As tables show it. */
  String name();

  /**
   * What each hit of one ranking adds.
   *
   * @param run number of the run
   * @return {@code [hits]}
   */
  double[] contributions(Ranking ranking, int run);

  /** What a document adds that the run did not return. */
  double absent(Ranking ranking, int run);

  /**
   * Reciprocal rank fusion: the sum of 1 / (constant + rank), rank from 1 (Cormack, Clarke and
   * Buettcher 2009). Needs no scores and no tuning.
   *
   * @param constant how much the first ranks are levelled, 1 or more; 60 in the paper
   */
  record ReciprocalRank(int constant) implements Fusion {

    public ReciprocalRank {
      if (constant < 1) {
        throw new IllegalArgumentException(
            "The constant must be 1 or more, but is %d.".formatted(constant));
      }
    }

    @Override
    public String name() {
      return "RRF(%d)".formatted(constant);
    }

    @Override
    public double[] contributions(Ranking ranking, int run) {
      double[] values = new double[ranking.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 1.0 / (constant + i + 1);
      }
      return values;
    }

    @Override
    public double absent(Ranking ranking, int run) {
      return 0;
    }
  }

  /**
   * A weighted sum of scores brought to one scale, query by query.
   *
   * @param scale how scores are made comparable
   * @param weights of the runs, 0 or more
   */
  record WeightedSum(Scale scale, List<Double> weights) implements Fusion {

    public WeightedSum {
      weights = List.copyOf(weights);
      if (weights.stream().anyMatch(w -> !(w >= 0) || w.isInfinite())) {
        throw new IllegalArgumentException("Weights must be 0 or more, but are " + weights + ".");
      }
    }

    @Override
    public String name() {
      String each =
          weights.stream()
              .map(weight -> String.format(Locale.ROOT, "%.2f", weight))
              .collect(Collectors.joining(" + "));
      return "%s %s".formatted(scale == Scale.MIN_MAX ? "min-max" : "z-score", each);
    }

    @Override
    public double[] contributions(Ranking ranking, int run) {
      double[] values = scale.apply(ranking);
      for (int i = 0; i < values.length; i++) {
        values[i] *= weights.get(run);
      }
      return values;
    }

    @Override
    public double absent(Ranking ranking, int run) {
      return scale.lowest(ranking) * weights.get(run);
    }
  }

  /** Brings the scores of one ranking to a scale that rankings of other systems share. */
  enum Scale {
    /** The best is 1, the last 0; if all are equal, 1. */
    MIN_MAX,
    /** Mean 0, standard deviation 1; if all are equal, 1. */
    Z_SCORE;

    double[] apply(Ranking ranking) {
      int n = ranking.size();
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += (double) ranking.score(i) / n;
      }
      double squares = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        squares += (ranking.score(i) - mean) * (ranking.score(i) - mean) / n;
        low = Math.min(low, ranking.score(i));
        high = Math.max(high, ranking.score(i));
      }
      double zero = this == MIN_MAX ? low : mean;
      double unit = this == MIN_MAX ? high - low : Math.sqrt(squares);
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        // All scores equal: being found is all that is known, so 1 against 0 for the others.
        values[i] = unit == 0 ? 1 : (ranking.score(i) - zero) / unit;
      }
      return values;
    }

    /** What a document is given that was not found: as much as the last one that was. */
    double lowest(Ranking ranking) {
      double[] values = apply(ranking);
      boolean equal = values.length == 0 || values[0] == values[values.length - 1];
      return equal ? 0 : values[values.length - 1];
    }
  }

  /** Reciprocal rank fusion with the constant of the paper, 60. */
  static Fusion reciprocalRank() {
    return new ReciprocalRank(60);
  }

  /** A weighted sum of min-max scores. */
  static Fusion weighted(double... weights) {
    return new WeightedSum(Scale.MIN_MAX, java.util.Arrays.stream(weights).boxed().toList());
  }

  /**
   * Fuses runs query by query; queries of any run count.
   *
   * @param k most documents kept for a query
   */
  default Run fuse(String name, List<Run> runs, int k) {
    if (this instanceof WeightedSum sum && sum.weights().size() != runs.size()) {
      throw new IllegalArgumentException(
          "There are %d runs but %d weights.".formatted(runs.size(), sum.weights().size()));
    }
    Set<String> queries = new LinkedHashSet<>();
    runs.forEach(run -> queries.addAll(run.queryIds()));
    Map<String, Ranking> fused = LinkedHashMap.newLinkedHashMap(queries.size());
    for (String query : queries) {
      fused.put(query, fuse(runs.stream().map(run -> run.of(query)).toList(), k));
    }
    return new Run(name, fused);
  }

  /** Fuses the rankings of one query. */
  private Ranking fuse(List<Ranking> rankings, int k) {
    Map<String, Double> sums = new LinkedHashMap<>();
    double absent = 0;
    for (int run = 0; run < rankings.size(); run++) {
      Ranking ranking = rankings.get(run);
      double[] values = contributions(ranking, run);
      double nothing = absent(ranking, run);
      absent += nothing;
      for (int i = 0; i < values.length; i++) {
        sums.merge(ranking.documentId(i), values[i] - nothing, Double::sum);
      }
    }
    double base = absent;
    var best =
        sums.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(k)
            .toList();
    float[] scores = new float[best.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (best.get(i).getValue() + base);
    }
    return new Ranking(best.stream().map(Map.Entry::getKey).toList(), scores);
  }
}
