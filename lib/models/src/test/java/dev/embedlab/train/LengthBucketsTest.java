package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;

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
  void seedsGiveOtherBatchesAndTheSameSeedTheSame() {
    List<int[]> first = LengthBuckets.batches(LENGTHS, 32, 4, 7);
    assertThat(LengthBuckets.batches(LENGTHS, 32, 4, 7))
        .usingRecursiveComparison()
        .isEqualTo(first);
    assertThat(LengthBuckets.batches(LENGTHS, 32, 4, 8).getFirst()).isNotEqualTo(first.getFirst());
  }
}
