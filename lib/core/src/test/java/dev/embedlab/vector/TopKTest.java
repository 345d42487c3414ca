package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {

  @Test
  void keepsTheBestAndPrefersLowerPositionsWhateverTheOrder() {
    float[] scores = new float[500];
    Random random = new Random(7);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(-20, 20) / 4f;
    }
    Integer[] order = IntStream.range(0, 500).boxed().toArray(Integer[]::new);
    java.util.Collections.shuffle(Arrays.asList(order), random);
    TopK best = new TopK(77);
    for (int i : order) {
      best.offer(scores[i], i);
    }
    int[] expected =
        IntStream.range(0, 500)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i))
            .limit(77)
            .mapToInt(i -> i)
            .toArray();
    long[] keys = best.bestFirst();
    assertThat(Arrays.stream(keys).mapToInt(TopK::position).toArray()).isEqualTo(expected);
    for (long key : keys) {
      assertThat(TopK.score(key)).isEqualTo(scores[TopK.position(key)] + 0f);
    }
  }

  @Test
  void treatsNegativeZeroAsZero() {
    TopK best = new TopK(2);
    best.offer(0f, 5);
    best.offer(-0f, 3);
    assertThat(TopK.position(best.bestFirst()[0])).isEqualTo(3);
  }
}
