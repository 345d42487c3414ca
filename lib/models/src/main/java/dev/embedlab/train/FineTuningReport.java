package dev.embedlab.train;

import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.Comparison;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.search.DenseRetriever;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Did it help? Before and after on the data the model was trained for and on a control set it was
 * not, each difference with its interval and the paired test, and what became of the vectors.
 *
 * @param domain before against after on the target data
 * @param control the same on data from elsewhere, if any; a loss there is forgetting
 * @param healthBefore of the vectors of target documents
 * @param healthAfter of the vectors of target documents
 * @param time that training took
 * @param curve what fewer examples bring and more would, if it was measured
 */
public record FineTuningReport(
    Comparison domain,
    Optional<Comparison> control,
    VectorHealth healthBefore,
    VectorHealth healthAfter,
    Duration time,
    Optional<LearningCurve> curve) {

  private static final String METRIC = "ndcg@10";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final int HEALTH_SAMPLE = 500;

  /** Whether the training helped, by the paired test at the 5 % level. */
  public enum Verdict {
    HELPED,
    /** The difference may be chance. */
    TIE,
    HURT
  }

  /**
   * Measures both models on the test split.
   *
   * @param control a data set from elsewhere, with a test split
   */
  public static FineTuningReport of(
      Encoder before,
      Encoder after,
      RetrievalDataset domain,
      Optional<RetrievalDataset> control,
      TrainingHistory history) {
    List<String> texts = domain.corpus().contents();
    List<String> sample = spread(texts);
    return new FineTuningReport(
        compare(before, after, domain),
        control.map(data -> compare(before, after, data)),
        VectorHealth.of(before, sample),
        VectorHealth.of(after, sample),
        history.time(),
        Optional.empty());
  }

  /** At most {@link #HEALTH_SAMPLE} different texts, evenly spread. */
  private static List<String> spread(List<String> texts) {
    int count = Math.min(HEALTH_SAMPLE, texts.size());
    List<String> sample = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sample.add(texts.get((int) ((long) i * texts.size() / count)));
    }
    return sample;
  }

  /** This report with a learning curve, which takes four more trainings. */
  public FineTuningReport withCurve(LearningCurve value) {
    return new FineTuningReport(
        domain, control, healthBefore, healthAfter, time, Optional.of(value));
  }

  private static Comparison compare(Encoder before, Encoder after, RetrievalDataset data) {
    return Comparison.of(METRIC, measure(BEFORE, before, data), measure(AFTER, after, data));
  }

  private static RetrievalResult measure(String name, Encoder encoder, RetrievalDataset data) {
    try (DenseRetriever retriever = DenseRetriever.of(new Named(name, encoder), data.corpus())) {
      return RetrievalEvaluator.standard()
          .withMetrics(METRIC)
          .withDepth(10)
          .evaluate(retriever, data, "test");
    }
  }

  public Verdict onDomain() {
    return verdict(domain);
  }

  /** Empty if there was no control set. */
  public Optional<Verdict> onControl() {
    return control.map(FineTuningReport::verdict);
  }

  private static Verdict verdict(Comparison comparison) {
    Comparison.Pair pair = comparison.pair(BEFORE, AFTER);
    if (pair.tie()) {
      return Verdict.TIE;
    }
    return pair.better().equals(AFTER) ? Verdict.HELPED : Verdict.HURT;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("target:  ").append(sentence(domain)).append('\n');
    control.ifPresent(c -> text.append("control: ").append(sentence(c)).append('\n'));
    text.append("vectors: ").append(healthBefore).append(" before\n");
    text.append("         ").append(healthAfter).append(" after\n");
    double minutes = time.toMillis() / 60_000.0;
    text.append(String.format(Locale.ROOT, "cost:    %.1f minutes", minutes));
    curve.ifPresent(c -> text.append("\nlearning curve:\n").append(c));
    return text.toString();
  }

  private static String sentence(Comparison comparison) {
    Comparison.Pair pair = comparison.pair(BEFORE, AFTER);
    double sign = pair.better().equals(AFTER) ? 1 : -1;
    String word =
        switch (verdict(comparison)) {
          case HELPED -> "training helped";
          case TIE -> "no difference that could not be chance";
          case HURT -> "training hurt";
        };
    return String.format(
        Locale.ROOT,
        "%s: nDCG@10 %+.4f (95 %% interval %+.4f to %+.4f), p = %.4f",
        word,
        sign * pair.difference().estimate(),
        Math.min(sign * pair.difference().low(), sign * pair.difference().high()),
        Math.max(sign * pair.difference().low(), sign * pair.difference().high()),
        pair.adjustedPValue());
  }

  /** An encoder under the name that the comparison shows. */
  private record Named(String name, Encoder encoder) implements Encoder {

    @Override
    public int dimension() {
      return encoder.dimension();
    }

    @Override
    public float[][] encode(List<String> texts, dev.embedlab.encode.EncodeOptions options) {
      return encoder.encode(texts, options);
    }

    @Override
    public dev.embedlab.encode.Similarity similarity() {
      return encoder.similarity();
    }
  }
}
