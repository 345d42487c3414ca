package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.train.loss.Contrastive;
import dev.embedlab.train.loss.CosineSimilarity;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.loss.Triplet;
import dev.embedlab.train.optimize.Schedule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small batches that make one big one. Gradients are compared relative to their largest element: a
 * difference of 1e-6 of it is a few units in the last place of 32-bit floats.
 */
class AccumulationTest {

  private static final double TOLERANCE = 1e-6;

  /** Losses that look at each row by itself; others see fewer negatives in a part. */
  static Stream<Loss> lossesByRow() {
    return Stream.of(new CosineSimilarity(), new Contrastive(), new Triplet());
  }

  @ParameterizedTest
  @MethodSource("lossesByRow")
  void accumulatedGradientsEqualThoseOfOneBigBatch(Loss loss) {
    List<TrainingExample> rows = rows(loss);
    float[] whole = gradient(rows, loss, 0, 1);
    for (int parts : new int[] {2, 4, 16}) {
      assertEqual(gradient(rows, loss, 0, parts), whole);
    }
    // A part alone is something else.
    assertThat(distance(gradient(rows.subList(0, 16), loss, 0, 1), whole)).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 63})
  void cachedGradientsOfInBatchNegativesEqualThoseOfOneBigBatch(int chunk) {
    var loss = new MultipleNegativesRanking();
    float[] whole = gradient(TrainerTest.PAIRS, loss, 0, 1);
    assertEqual(gradient(TrainerTest.PAIRS, loss, chunk, 1), whole);
    assertThat(distance(gradient(TrainerTest.PAIRS, loss, 0, 4), whole)).isGreaterThan(0.1);
  }

  @Test
  void accumulationEqualsOneBigBatch() {
    float[][] tables = new float[2][];
    for (int run = 0; run < 2; run++) {
      try (var encoder = TrainerTest.encoder()) {
        List<TrainingExample> scored = rows(new CosineSimilarity());
        Trainer.builder()
            .loss(new CosineSimilarity())
            .sampler(TrainerTest.inOrder())
            .batchSize(run == 0 ? 32 : 8)
            .accumulation(run == 0 ? 1 : 4)
            .learningRate(0.01)
            .schedule(Schedule.constant())
            .build()
            .train(encoder, scored);
        float[][] table = encoder.snapshot("end").table();
        tables[run] = new float[table.length * table[0].length];
        for (int i = 0; i < tables[run].length; i++) {
          tables[run][i] = table[i / 16][i % 16];
        }
      }
    }
    for (int i = 0; i < tables[0].length; i++) {
      // Adam divides by the size of the gradient, which makes rounding visible: 1e-4 of its step.
      assertThat(tables[0][i]).isCloseTo(tables[1][i], within(1e-5f));
    }
  }

  private static List<TrainingExample> rows(Loss loss) {
    return IntStream.range(0, TrainerTest.PAIRS.size()).mapToObj(i -> row(loss, i)).toList();
  }

  private static TrainingExample row(Loss loss, int i) {
    List<String> texts = TrainerTest.PAIRS.get(i).texts();
    return switch (loss) {
      case Triplet _ -> TrainingExample.triplet(texts.get(0), texts.get(1), i % 30 + " 5");
      case Contrastive _ -> TrainingExample.scored(texts.get(0), texts.get(1), i % 2);
      default -> TrainingExample.scored(texts.get(0), texts.get(1), 0.5f);
    };
  }

  private static float[] gradient(List<TrainingExample> rows, Loss loss, int chunk, int parts) {
    return TrainerTest.gradient(rows, loss, List.of(), chunk, parts);
  }

  private static void assertEqual(float[] actual, float[] expected) {
    assertThat(distance(actual, expected)).isLessThanOrEqualTo(TOLERANCE);
  }

  /** Largest difference of two elements, in units of the largest element expected. */
  private static double distance(float[] actual, float[] expected) {
    double most = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs((double) actual[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    assertThat(scale).isGreaterThan(1e-3);
    return most / scale;
  }
}
