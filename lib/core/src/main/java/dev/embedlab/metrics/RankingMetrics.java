package dev.embedlab.metrics;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranking metrics by name. */
public final class RankingMetrics {

  private static final Pattern NAME = Pattern.compile("([a-z_0-9]+?)(?:@([0-9]{1,9}))?");

  private RankingMetrics() {}

  /** What a table of retrieval systems usually shows; the first is the main score of MTEB. */
  public static List<RankingMetric> standard() {
    return List.of(
        new Ndcg(10),
        new Recall(10),
        new Recall(100),
        new ReciprocalRank(10),
        new AveragePrecision(1000),
        new Precision(1));
  }

  /**
   * Reads names such as {@code ndcg@10}, {@code map}, {@code mrr@10}, {@code recall@100}, {@code
   * precision@1}, {@code hit_rate@5}, {@code f1@10}, {@code r_precision}, {@code bpref}.
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public static RankingMetric parse(String name) {
    Matcher matcher = NAME.matcher(name.strip().toLowerCase(java.util.Locale.ROOT));
    if (!matcher.matches()) {
      throw unknown(name);
    }
    int k = matcher.group(2) == null ? Cutoff.NONE : Integer.parseInt(matcher.group(2));
    boolean cut = k != Cutoff.NONE;
    return switch (matcher.group(1)) {
      case "ndcg" -> new Ndcg(k);
      case "map", "ap" -> new AveragePrecision(k);
      case "mrr", "rr", "recip_rank" -> new ReciprocalRank(k);
      case "recall" -> new Recall(k);
      case "precision", "p" -> needsCutoff(name, cut, k, Precision::new);
      case "hit_rate", "success" -> needsCutoff(name, cut, k, HitRate::new);
      case "f1" -> needsCutoff(name, cut, k, RankingF1::new);
      case "r_precision", "rprec" -> new RPrecision();
      case "bpref" -> new BinaryPreference();
      default -> throw unknown(name);
    };
  }

  private static RankingMetric needsCutoff(
      String name, boolean cut, int k, IntFunction<RankingMetric> metric) {
    if (!cut) {
      throw new IllegalArgumentException(
          "Metric '%s' needs a cutoff; write for example '%s@10'.".formatted(name, name));
    }
    return metric.apply(k);
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "There is no metric '%s'; there are ndcg@k, map@k, mrr@k, recall@k, precision@k, "
                .formatted(name)
            + "hit_rate@k, f1@k, r_precision and bpref.");
  }
}
