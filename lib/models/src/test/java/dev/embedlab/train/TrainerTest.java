package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.loss.Triplet;
import dev.embedlab.train.optimize.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainerTest {

  static final List<TrainingExample> PAIRS =
      Synonyms.pairs(200).stream().distinct().limit(64).toList();

  static TrainableStaticEmbedding encoder() {
    return new TrainableStaticEmbedding(Synonyms.randomTable(1), Synonyms.tokenizer());
  }

  /** Of the first weight, after one pass over all examples or over equal parts of them. */
  static float[] gradient(
      List<TrainingExample> examples, Loss loss, List<String> prompts, int chunk, int parts) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        var encoder = encoder()) {
      GradientStep step = new GradientStep(encoder, Optional.empty(), prompts, manager);
      int size = examples.size() / parts;
      for (int part = 0; part < parts; part++) {
        List<TrainingExample> rows = examples.subList(part * size, (part + 1) * size);
        step.run(rows, loss, 1.0 / parts, chunk, 1);
      }
      NDArray weight = encoder.weights().values().iterator().next();
      return weight.getGradient().toFloatArray();
    }
  }

  static BatchSampler inOrder() {
    return (examples, batchSize, seed) -> {
      int[] all = java.util.stream.IntStream.range(0, examples.size()).toArray();
      return java.util.stream.IntStream.range(0, examples.size() / batchSize)
          .mapToObj(i -> Arrays.copyOfRange(all, i * batchSize, (i + 1) * batchSize))
          .toList();
    };
  }

  private static void assertEqual(float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void promptsGoInFrontOfTheirColumn() {
    List<TrainingExample> written =
        PAIRS.stream()
            .map(p -> TrainingExample.pair("7 " + p.texts().get(0), "8 9 " + p.texts().get(1)))
            .toList();
    var loss = new MultipleNegativesRanking();
    assertEqual(
        gradient(PAIRS, loss, List.of("7 ", "8 9 "), 0, 1),
        gradient(written, loss, List.of(), 0, 1));
  }

  private static List<TrainingExample> ragged() {
    return List.of(
        TrainingExample.pair("1", "31"),
        TrainingExample.withNegatives("2", "32", List.of("40", "41", "42")),
        TrainingExample.triplet("3", "33", "43"),
        TrainingExample.pair("4", "34"));
  }

  /** The four positives and the four negatives that there are. */
  @Test
  void everyNegativeOfARaggedBatchIsACandidateOfAllAnchors() {
    float[][] table = Synonyms.randomTable(1);
    int[] candidates = {31, 32, 33, 34, 40, 41, 42, 43};
    double expected = 0;
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int candidate : candidates) {
        sum += Math.exp(20 * StaticTrainingTest.cosine(table[i + 1], table[candidate]));
      }
      expected += (Math.log(sum) - 20 * StaticTrainingTest.cosine(table[i + 1], table[31 + i])) / 4;
    }
    var loss = new MultipleNegativesRanking();
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        var encoder = encoder()) {
      GradientStep step = new GradientStep(encoder, Optional.empty(), List.of(), manager);
      assertThat((double) step.run(ragged(), loss, 1, 0, 1)).isCloseTo(expected, within(1e-5));
    }
    assertEqual(
        gradient(ragged(), loss, List.of(), 2, 1), gradient(ragged(), loss, List.of(), 0, 1));
  }

  @Test
  void onlyLossesThatCanTakeRaggedExamples() {
    var sampler = BatchSampler.shuffled();
    List<TrainingExample> ragged = ragged().subList(1, 3);
    assertThat(new TrainingTask("a", ragged, new MultipleNegativesRanking(), sampler)).isNotNull();
    assertThatThrownBy(() -> new TrainingTask("b", ragged, new Triplet(), sampler))
        .hasMessage(
            "Task 'b': example 1 has 3 texts, the first one has 5; split them into two tasks.");
    assertThatThrownBy(
            () ->
                new TrainingTask(
                    "c",
                    List.of(ragged.get(0), TrainingExample.labelled("x", 1)),
                    new MultipleNegativesRanking(),
                    sampler))
        .hasMessageContaining("example 1 has 1 texts");
  }

  @Test
  void positivesOfOneAnchorNeverShareABatch() {
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<String> positives = List.of("p" + i, "q" + i, "r" + i).subList(0, 1 + i % 3);
      examples.addAll(TrainingExample.forEachPositive("a" + i, positives, List.of("n" + i)));
    }
    assertThat(examples).hasSize(39);
    for (int[] batch : BatchSampler.noDuplicates().batches(examples, 8, 1)) {
      assertThat(Arrays.stream(batch).mapToObj(i -> examples.get(i).texts().getFirst()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void saysThatNoBatchCanBeMade() {
    List<TrainingExample> sameAnchor =
        List.of(TrainingExample.pair("1", "31"), TrainingExample.pair("1", "32"));
    try (var encoder = encoder()) {
      assertThatThrownBy(() -> Trainer.builder().batchSize(1).build().train(encoder, PAIRS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "No batch of size 1 can be made of the examples (%d of task 'train'); the sampler without duplicates needs two examples that share no text and a batch size of at least 2."
                  .formatted(PAIRS.size()));
      Trainer trainer = Trainer.builder().build();
      for (List<TrainingExample> few : List.of(PAIRS.subList(0, 1), sameAnchor)) {
        assertThatThrownBy(() -> trainer.train(encoder, few))
            .hasMessageStartingWith(
                "No batch of size 32 can be made of the examples (%d of task 'train')"
                    .formatted(few.size()));
      }
      assertThatThrownBy(() -> trainer.train(encoder, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Task 'train' has no examples.");
      assertThatThrownBy(() -> trainer.trainAll(encoder, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("There are no tasks to train on; give at least one.");
    }
  }

  @Test
  void refusesSettingsThatWouldDoNothing() {
    try (var encoder = encoder()) {
      assertThatThrownBy(
              () -> Trainer.builder().prompts("a", "b", "c").build().train(encoder, PAIRS))
          .hasMessage(
              "There are 3 prompts, but the examples have at most 2 texts; give one prompt for each text.");
      for (WeightRule rule :
          List.of(WeightRule.freeze("no such"), WeightRule.learningRate("no such", 0.5))) {
        assertThatThrownBy(
                () -> Trainer.builder().rules(List.of(rule)).build().train(encoder, PAIRS))
            .hasMessage(
                "The rule 'no such' for freezing or learning rate matches none of the 1 weights, such as [embedding.weight].");
      }
      assertThat(
              Trainer.builder()
                  .rules(WeightRule.decay(0.01))
                  .maxSteps(1)
                  .build()
                  .train(encoder, PAIRS)
                  .losses())
          .hasSize(1);
    }
    for (double clip : new double[] {-1, Double.NaN}) {
      assertThatThrownBy(() -> Trainer.builder().clipNorm(clip).build())
          .hasMessage("clipNorm must be positive, or 0 for no limit, but is %s.".formatted(clip));
    }
  }

  @Test
  void frozenWeightsStay() {
    try (var encoder = encoder()) {
      assertThatThrownBy(() -> Trainer.builder().freeze("embedding").build().train(encoder, PAIRS))
          .hasMessage("All weights are frozen; nothing is left to train.");
    }
  }

  /** Scores in this order; the weights that get the second are left in {@code second}. */
  static Evaluation scripted(double[] scores, float[][][] second) {
    int[] asked = {0};
    return new Evaluation(
        "fake",
        model -> {
          if (asked[0] == 1) {
            second[0] = ((StaticEmbedding) model).table();
          }
          return scores[asked[0]++];
        });
  }

  @Test
  void keepsTheBestWeightsAndStopsEarly() {
    double[] scores = {0.3, 0.9, 0.5, 0.4, 0.8};
    float[][][] best = new float[1][][];
    Evaluation evaluation = scripted(scores, best);
    try (var encoder = encoder()) {
      TrainingHistory history =
          Trainer.builder()
              .epochs(9)
              .learningRate(0.01)
              .evaluate(evaluation, 2)
              .patience(2)
              .build()
              .train(encoder, PAIRS);
      assertThat(history.outcome()).isEqualTo(TrainingHistory.Outcome.STOPPED_EARLY);
      assertThat(history.evaluations()).hasSize(4);
      assertThat(history.bestStep()).hasValue(4);
      assertThat(Arrays.deepEquals(encoder.snapshot("end").table(), best[0])).isTrue();
    }
  }

  @Test
  void mixesTasksInTurnOrByTheirSize() {
    TrainingTask big = new TrainingTask("big", PAIRS, new MultipleNegativesRanking(), inOrder());
    TrainingTask small =
        new TrainingTask("small", PAIRS.subList(0, 16), new MultipleNegativesRanking(), inOrder());
    var proportional =
        BatchPlan.of(List.of(big, small), TrainingTask.Mixing.PROPORTIONAL, 1, 8, 1).batches();
    assertThat(proportional.stream().filter(b -> b.task() == 0)).hasSize(8);
    assertThat(proportional.stream().filter(b -> b.task() == 1)).hasSize(2);
    var inTurn =
        BatchPlan.of(List.of(big, small), TrainingTask.Mixing.ROUND_ROBIN, 1, 8, 1).batches();
    assertThat(inTurn).extracting(BatchPlan.Batch::task).containsExactly(0, 1, 0, 1);
  }

  @Test
  void groupsByLabel() {
    List<TrainingExample> labelled =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i -> TrainingExample.labelled("text " + i, i % 7))
            .toList();
    for (int[] batch : BatchSampler.groupedByLabel(2).batches(labelled, 8, 1)) {
      Set<Float> labels = new HashSet<>();
      for (int i : batch) {
        labels.add(labelled.get(i).labels().getFirst());
      }
      assertThat(batch.length).isEqualTo(2 * labels.size());
    }
  }

  @Test
  void schedulesRiseAndFall() {
    Schedule linear = Schedule.linear(0.1);
    assertThat(linear.factor(0, 100)).isZero();
    assertThat(linear.factor(5, 100)).isEqualTo(0.5);
    assertThat(linear.factor(10, 100)).isEqualTo(1);
    assertThat(linear.factor(55, 100)).isEqualTo(0.5);
    Schedule cosine = Schedule.cosine(0);
    assertThat(cosine.factor(50, 100)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void rulesGroupWeightsByName() {
    List<WeightRule> rules =
        WeightRule.layerwise(
            List.of("embeddings.w", "encoder.layer.0.w", "encoder.layer.1.w"), 0.5);
    assertThat(WeightRule.find(rules, "encoder.layer.1.w").learningRateFactor()).isEqualTo(1);
    assertThat(WeightRule.find(rules, "encoder.layer.0.w").learningRateFactor()).isEqualTo(0.5);
    assertThat(WeightRule.find(rules, "embeddings.w").learningRateFactor()).isEqualTo(0.25);
    assertThat(WeightRule.find(WeightRule.decay(0.01), "a.LayerNorm.weight").weightDecay())
        .isZero();
    assertThat(WeightRule.find(WeightRule.decay(0.01), "a.dense.weight").weightDecay())
        .isEqualTo(0.01);
  }
}
