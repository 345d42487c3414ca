package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {

  private static final int[] LENGTHS = new Random(3).ints(1_003, 3, 64).toArray();

  @Test
  void everyTextIsInOneBatch() {
    List<int[]> batches = LengthBuckets.batches(LENGTHS, 32, 4, 7);
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, LENGTHS.length).boxed().toList());
    assertThat(batches).hasSize(32).allMatch(batch -> batch.length <= 32);
    assertThat(batches).filteredOn(batch -> batch.length < 32).hasSize(1);
  }

  @Test
  void widerWindowsPadLess() {
    double mean = Arrays.stream(LENGTHS).average().orElseThrow();
    double[] padded =
        IntStream.of(1, 4, 32)
            .mapToDouble(window -> padded(LengthBuckets.batches(LENGTHS, 32, window, 7)))
            .toArray();
    assertThat(padded[0]).isGreaterThan(1.6 * mean);
    assertThat(padded[1]).isLessThan(1.25 * mean);
    assertThat(padded[2]).isLessThan(1.05 * mean);
  }

  /** Tokens for each text when a batch is as wide as its longest. */
  private static double padded(List<int[]> batches) {
    long tokens = 0;
    for (int[] batch : batches) {
      int longest = Arrays.stream(batch).map(i -> LENGTHS[i]).max().orElseThrow();
      tokens += (long) longest * batch.length;
    }
    return (double) tokens / LENGTHS.length;
  }

  @Test
  void aWindowOfAllIsFineAndOneOfNothingIsNot() {
    assertThat(LengthBuckets.batches(LENGTHS, 32, Integer.MAX_VALUE, 7)).hasSize(32);
    assertThat(LengthBuckets.batches(LENGTHS, Integer.MAX_VALUE, 1, 7)).hasSize(1);
    assertThatThrownBy(() -> LengthBuckets.batches(LENGTHS, 32, 0, 7))
        .hasMessage("window must be at least 1, but is 0.");
    assertThatThrownBy(() -> LengthBuckets.batches(LENGTHS, 0, 1, 7))
        .hasMessage("batchSize must be at least 1, but is 0.");
    assertThatThrownBy(() -> BatchSampler.bucketed(0))
        .hasMessage("window must be at least 1, but is 0.");
    assertThatThrownBy(() -> BatchSampler.groupedByLabel(1))
        .hasMessage("perLabel must be at least 2 to make pairs of a class, but is 1.");
  }

  @Test
  void samplersRefuseEmptyBatches() {
    List<TrainingExample> examples =
        IntStream.range(0, 8).mapToObj(i -> TrainingExample.labelled("t" + i, i % 2)).toList();
    for (BatchSampler sampler :
        List.of(
            BatchSampler.shuffled(),
            BatchSampler.noDuplicates(),
            BatchSampler.bucketed(2),
            BatchSampler.groupedByLabel(2))) {
      assertThatThrownBy(() -> sampler.batches(examples, 0, 1))
          .hasMessage("batchSize must be at least 1, but is 0.");
    }
  }

  @Test
  void seedsGiveOtherBatchesAndTheSameSeedTheSame() {
    List<int[]> first = LengthBuckets.batches(LENGTHS, 32, 4, 7);
    assertThat(LengthBuckets.batches(LENGTHS, 32, 4, 7))
        .usingRecursiveComparison()
        .isEqualTo(first);
    assertThat(LengthBuckets.batches(LENGTHS, 32, 4, 8).getFirst()).isNotEqualTo(first.getFirst());
  }
}
