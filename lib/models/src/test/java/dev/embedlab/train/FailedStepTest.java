package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.train.loss.Embeddings;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A run that fails in the middle of a step must not change the next one. */
class FailedStepTest {

  /** Does something else with its second batch. */
  private static final class FailsAtSecond implements Loss {
    private final UnaryOperator<NDArray> failure;
    private int calls;

    FailsAtSecond(UnaryOperator<NDArray> failure) {
      this.failure = failure;
    }

    @Override
    public NDArray compute(Embeddings batch) {
      NDArray value = new MultipleNegativesRanking().compute(batch);
      return ++calls == 2 ? failure.apply(value) : value;
    }
  }

  private static List<UnaryOperator<NDArray>> failures() {
    return List.of(
        value -> {
          throw new IllegalStateException("The loss of this test.");
        },
        value -> value.div(value.sub(value)).mul(value.sub(value)));
  }

  private static Trainer.Builder trainer() {
    return Trainer.builder()
        .sampler(TrainerTest.inOrder())
        .batchSize(8)
        .accumulation(2)
        .learningRate(1e-2);
  }

  private static void fail(TrainableEncoder encoder, List<TrainingExample> pairs) {
    for (UnaryOperator<NDArray> failure : failures()) {
      Trainer failing = trainer().loss(new FailsAtSecond(failure)).build();
      assertThatThrownBy(() -> failing.train(encoder, pairs))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void leavesNoGradient() {
    List<List<Float>> losses = new ArrayList<>();
    for (boolean afterFailure : List.of(false, true)) {
      try (var encoder = TrainerTest.encoder()) {
        if (afterFailure) {
          fail(encoder, TrainerTest.PAIRS);
        }
        losses.add(trainer().build().train(encoder, TrainerTest.PAIRS).losses());
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
  }

  @Test
  void gradientsOfOtherUsesDoNotCount() {
    List<List<Float>> losses = new ArrayList<>();
    for (boolean before : List.of(false, true)) {
      try (var encoder = TrainerTest.encoder();
          var manager = NDManager.newBaseManager("PyTorch")) {
        if (before) {
          new GradientStep(encoder, Optional.empty(), List.of(), manager)
              .run(TrainerTest.PAIRS, new MultipleNegativesRanking(), 1, 0, 1);
        }
        losses.add(trainer().build().train(encoder, TrainerTest.PAIRS).losses());
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
  }

  @Test
  void leavesNothingInAModelWithAdapters() throws IOException {
    List<TrainingExample> pairs = TransformerTrainingTest.pairs();
    List<List<Float>> losses = new ArrayList<>();
    var settings = TrainableLora.Settings.defaults().withRank(4, 8).withDropout(0.5);
    for (boolean afterFailure : List.of(false, true)) {
      try (EmbeddingModel model = Models.open(TransformerTrainingTest.fixture("bert-mean-norm"));
          var lora = TrainableLora.of(model, settings)) {
        trainer().build().train(lora, pairs);
        if (afterFailure) {
          Map<String, float[]> before = values(model);
          fail(lora, pairs);
          Map<String, float[]> after = values(model);
          before.forEach(
              (name, values) -> assertThat(after.get(name)).as(name).containsExactly(values));
        }
        losses.add(trainer().build().train(lora, pairs).losses());
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
  }

  private static Map<String, float[]> values(EmbeddingModel model) {
    Map<String, float[]> values = new HashMap<>();
    model.checkpoint().parameters().forEach((n, p) -> values.put(n, p.getArray().toFloatArray()));
    return values;
  }
}
