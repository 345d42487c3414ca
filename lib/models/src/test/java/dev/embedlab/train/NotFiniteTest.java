package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.embedlab.progress.Progress;
import dev.embedlab.train.loss.CosineSimilarity;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.optimize.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are none must not reach the weights. */
class NotFiniteTest {

  @TempDir Path folder;

  private static List<TrainingExample> scored() {
    return TrainerTest.PAIRS.subList(0, 32).stream()
        .map(pair -> TrainingExample.scored(pair.texts().get(0), pair.texts().get(1), 0.5f))
        .toList();
  }

  /** As {@link CosineSimilarity}, but for the third batch. */
  private static Loss spoiltBy(float wrong) {
    AtomicInteger batches = new AtomicInteger();
    return batch -> {
      NDArray value = new CosineSimilarity().compute(batch);
      return batches.incrementAndGet() == 3 ? value.add(wrong) : value;
    };
  }

  private static Trainer.Builder trainer() {
    return Trainer.builder()
        .loss(new CosineSimilarity())
        .sampler(TrainerTest.inOrder())
        .batchSize(8)
        .learningRate(0.01);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void stopsBeforeTheStepWhoseLossIsNotFinite(float wrong) {
    float[][][] before = new float[1][][];
    List<String> bar = new ArrayList<>();
    try (var encoder = TrainerTest.encoder()) {
      Trainer trainer =
          trainer()
              .loss(spoiltBy(wrong))
              .progress(new Recorder(bar))
              .onStep((step, loss) -> before[0] = encoder.snapshot("now").table())
              .build();
      assertThatThrownBy(() -> trainer.train(encoder, scored()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("The loss of step 3 is " + wrong)
          .hasMessageContaining("learning rate")
          .hasMessageContaining("label");
      assertThat(Arrays.deepEquals(encoder.snapshot("end").table(), before[0])).isTrue();
      assertThat(bar).containsExactly("start", "0", "1", "1", "close");
    }
  }

  @Test
  void stopsBeforeAStepWhoseRateIsNotFinite() {
    assertStopsAtOnce(
        trainer().schedule((step, total) -> Double.NaN),
        "The learning rate of the schedule of step 1 is NaN");
  }

  /** The root of 0 is 0, but it is infinitely steep there. */
  @Test
  void stopsBeforeAStepWhoseGradientIsNotFinite() {
    Loss steep = batch -> batch.anchors().sub(batch.anchors()).sqrt().sum();
    assertStopsAtOnce(trainer().loss(steep), "The norm of the gradients of step 1 is NaN");
  }

  private static void assertStopsAtOnce(Trainer.Builder trainer, String message) {
    try (var encoder = TrainerTest.encoder()) {
      float[][] before = encoder.snapshot("start").table();
      assertThatThrownBy(() -> trainer.build().train(encoder, scored()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(message);
      assertThat(Arrays.deepEquals(encoder.snapshot("end").table(), before)).isTrue();
    }
  }

  @Test
  void refusesRatesThatAreNotFinite() {
    for (double rate : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> trainer().learningRate(rate).build())
          .hasMessage("learningRate must be positive and finite, but is %s.".formatted(rate));
      assertThatThrownBy(() -> WeightRule.learningRate("bias", rate))
          .hasMessage(
              "The learning rate factor of rule 'bias' must be finite and at least 0, but is %s."
                  .formatted(rate));
      assertThatThrownBy(() -> WeightRule.decay(rate)).hasMessageContaining("weight decay");
    }
  }

  @Test
  void anEvaluationThatIsNoNumberIsWorseThanAny() {
    double[] scores = {Double.NaN, 0.3, Double.NaN, 0.2};
    float[][][] best = new float[1][][];
    Evaluation evaluation = TrainerTest.scripted(scores, best);
    try (var encoder = TrainerTest.encoder()) {
      TrainingHistory history = trainer().evaluate(evaluation, 1).build().train(encoder, scored());
      assertThat(history.bestStep()).hasValue(2);
      assertThat(Arrays.deepEquals(encoder.snapshot("end").table(), best[0])).isTrue();
    }
  }

  @Test
  void evaluationsThatAreNeverANumberKeepTheLastWeightsAndEndEarly() {
    try (var encoder = TrainerTest.encoder()) {
      Trainer.Builder trainer =
          trainer().evaluate(new Evaluation("fake", model -> Double.NaN), 1).patience(3);
      trainer.checkpoints(folder, 1).schedule(Schedule.constant());
      TrainingHistory history = trainer.build().train(encoder, scored());
      assertThat(history.outcome()).isEqualTo(TrainingHistory.Outcome.STOPPED_EARLY);
      assertThat(history.evaluations()).hasSize(3);
      assertThat(history.bestStep()).isEmpty();
    }
  }

  /** Writes down what a progress bar is told. */
  private record Recorder(List<String> log) implements Progress, Progress.Task {
    @Override
    public Task start(String label, long total) {
      log.add("start");
      return this;
    }

    @Override
    public void advance(long units) {
      log.add(Long.toString(units));
    }

    @Override
    public void note(String remark) {}

    @Override
    public void close() {
      log.add("close");
    }
  }
}
