package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FineTuningReportTest {

  private static final int TEXTS = 40;
  private static final TrainingHistory HISTORY =
      new TrainingHistory(
          List.of(1f), List.of(), TrainingHistory.Outcome.FINISHED, Duration.ofSeconds(90));

  /** Query {@code q-n} is answered by document {@code d-n} alone. */
  private static RetrievalDataset data() {
    List<Document> documents = new ArrayList<>();
    List<Query> queries = new ArrayList<>();
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (int i = 0; i < TEXTS; i++) {
      documents.add(new Document("d" + i, "", "d-" + i));
      queries.add(new Query("q" + i, "q-" + i));
      grades.put("q" + i, Map.of("d" + i, 1));
    }
    return new RetrievalDataset(
        "toy", new Corpus(documents), new Queries(queries), Map.of("test", new Qrels(grades)));
  }

  private record Fake(String name, int dimension, Function<String, float[]> vector)
      implements Encoder {
    @Override
    public float[][] encode(List<String> texts, EncodeOptions options) {
      return texts.stream().map(vector).toArray(float[][]::new);
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(text.indexOf('-') + 1));
  }

  /** Right for every text. */
  private static Encoder right() {
    return new Fake("right", TEXTS, text -> oneHot(number(text)));
  }

  /** Queries point at the next document. */
  private static Encoder wrong() {
    return new Fake(
        "wrong", TEXTS, text -> oneHot((number(text) + (text.startsWith("q") ? 1 : 0)) % TEXTS));
  }

  private static float[] oneHot(int i) {
    float[] vector = new float[TEXTS];
    vector[i] = 1;
    return vector;
  }

  @Test
  void saysThatTrainingHelped() {
    var report = FineTuningReport.of(wrong(), right(), data(), Optional.empty(), HISTORY);
    assertThat(report.onDomain()).isEqualTo(FineTuningReport.Verdict.HELPED);
    assertThat(report.onControl()).isEmpty();
    assertThat(report.toString()).contains("training helped").contains("1.5 minutes");
  }

  @Test
  void saysAsPlainlyThatItHurtAndThatNothingChanged() {
    var report = FineTuningReport.of(right(), wrong(), data(), Optional.of(data()), HISTORY);
    assertThat(report.onDomain()).isEqualTo(FineTuningReport.Verdict.HURT);
    assertThat(report.onControl()).contains(FineTuningReport.Verdict.HURT);
    assertThat(report.toString()).contains("training hurt: nDCG@10 -");
    var same = FineTuningReport.of(right(), right(), data(), Optional.empty(), HISTORY);
    assertThat(same.onDomain()).isEqualTo(FineTuningReport.Verdict.TIE);
  }

  /** One-hot vectors that are all different span as many dimensions as there are documents. */
  @Test
  void measuresTheVectorsOfEveryDocumentOfASmallCorpus() {
    var report = FineTuningReport.of(right(), right(), data(), Optional.empty(), HISTORY);
    assertThat(report.healthAfter())
        .isEqualTo(VectorHealth.of(right(), data().corpus().contents()));
    assertThat(report.healthAfter().effectiveDimensions()).isCloseTo(TEXTS, within(1e-6));
  }

  @Test
  void measuresCollapse() {
    List<String> texts = data().corpus().contents();
    VectorHealth spread = VectorHealth.of(right(), texts);
    assertThat(spread.anisotropy()).isCloseTo(0, within(1e-9));
    assertThat(spread.effectiveDimensions()).isCloseTo(TEXTS, within(1e-6));
    VectorHealth collapsed =
        VectorHealth.of(new Fake("same", 4, text -> new float[] {1, 0, 0, 0}), texts);
    assertThat(collapsed.anisotropy()).isCloseTo(1, within(1e-6));
    assertThat(collapsed.effectiveDimensions()).isZero();
  }

  @Test
  void extrapolatesALearningCurve() {
    var examples = Synonyms.pairs(800);
    LearningCurve curve =
        LearningCurve.measure(
            examples, 1, part -> 0.1 + 0.05 * Math.log(part.size()) / Math.log(2));
    assertThat(curve.points())
        .extracting(LearningCurve.Point::examples)
        .containsExactly(100, 200, 400, 800);
    assertThat(curve.gainPerDoubling()).isCloseTo(0.05, within(1e-12));
    assertThat(curve.extrapolate(1600) - curve.extrapolate(800)).isCloseTo(0.05, within(1e-12));
    var report = FineTuningReport.of(wrong(), right(), data(), Optional.empty(), HISTORY);
    assertThat(report.withCurve(curve).toString())
        .startsWith(report.toString())
        .contains("1,600 examples  %.4f (by the line)".formatted(curve.extrapolate(1600)));
  }
}
