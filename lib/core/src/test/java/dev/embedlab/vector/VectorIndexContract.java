package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.encode.Similarity;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every search implementation keeps to; a subclass for each says how it is made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class VectorIndexContract {

  protected static final int SIZE = 1500;
  protected static final int DIM = 32;

  /** Vectors near a subspace, as embeddings are; some of them twice. */
  protected static final float[][] VECTORS = vectors();

  protected static final float[][] QUERIES = Arrays.copyOfRange(near(7), 100, 120);

  private VectorIndex shared;

  /** A new index over {@link #VECTORS}. */
  protected abstract VectorIndex index();

  private VectorIndex shared() {
    if (shared == null) {
      shared = index();
    }
    return shared;
  }

  @AfterAll
  void close() {
    shared.close();
  }

  /** Least recall of the true ten, 0 to 1. */
  protected abstract double recall();

  /** Largest difference from the true similarity; infinite where vectors are compressed. */
  protected double tolerance() {
    return 1e-5;
  }

  /** Whether asking for fewer hits gives the head of asking for more. */
  protected boolean stable() {
    return true;
  }

  private static float[][] near(long seed) {
    Random space = new Random(1);
    float[][] axes = new float[10][DIM];
    for (float[] axis : axes) {
      for (int i = 0; i < DIM; i++) {
        axis[i] = (float) space.nextGaussian();
      }
    }
    Random random = new Random(seed);
    float[][] vectors = new float[SIZE][DIM];
    for (float[] vector : vectors) {
      for (float[] axis : axes) {
        float weight = (float) random.nextGaussian();
        for (int i = 0; i < DIM; i++) {
          vector[i] += weight * axis[i] + 0.05f * (float) random.nextGaussian();
        }
      }
    }
    return vectors;
  }

  private static float[][] vectors() {
    float[][] vectors = near(3);
    for (int i = 0; i < 50; i++) {
      vectors[SIZE - 1 - i] = vectors[i].clone();
    }
    return vectors;
  }

  @Test
  void hitsStandInOrderAndOnlyOnce() {
    VectorIndex index = shared();
    Hits hits = index.search(QUERIES, 40);
    assertThat(hits.queries()).isEqualTo(QUERIES.length);
    for (int q = 0; q < QUERIES.length; q++) {
      int[] positions = hits.positions()[q];
      float[] scores = hits.scores()[q];
      assertThat(positions).hasSize(40).doesNotHaveDuplicates();
      for (int i = 1; i < 40; i++) {
        assertThat(scores[i]).isLessThanOrEqualTo(scores[i - 1]);
        assertThat(scores[i] < scores[i - 1] || positions[i] > positions[i - 1]).isTrue();
      }
    }
  }

  @Test
  void findsWhatExactSearchFinds() {
    VectorIndex index = shared();
    int[][] truth = ExactIndex.of(VECTORS, index.similarity()).search(QUERIES, 10).positions();
    int[][] found = index.search(QUERIES, 10).positions();
    double recall = 0;
    for (int q = 0; q < QUERIES.length; q++) {
      int[] expected = truth[q];
      recall +=
          Arrays.stream(found[q])
              .filter(p -> Arrays.stream(expected).anyMatch(e -> e == p))
              .count();
    }
    assertThat(recall / 10 / QUERIES.length).isGreaterThanOrEqualTo(recall());
  }

  @Test
  void scoresAreTheSimilarity() {
    VectorIndex index = shared();
    Similarity similarity = index.similarity();
    Hits hits = index.search(QUERIES, 10);
    for (int q = 0; q < QUERIES.length; q++) {
      float[] query = Similarities.prepare(similarity, QUERIES[q]);
      for (int i = 0; i < 10; i++) {
        float truth = Similarities.score(similarity, query, VECTORS[hits.positions()[q][i]]);
        assertThat((double) hits.scores()[q][i]).isCloseTo(truth, within(tolerance()));
      }
    }
  }

  @Test
  void theSameQueryGivesTheSameAnswerAloneOrAmongOthers() {
    VectorIndex index = shared();
    Hits together = index.search(QUERIES, 15);
    Hits again = index.search(QUERIES, 15);
    assertThat(again.positions()).isDeepEqualTo(together.positions());
    for (int q = 0; q < QUERIES.length; q++) {
      Hits alone = index.search(new float[][] {QUERIES[q]}, 15);
      assertThat(alone.positions()[0]).isEqualTo(together.positions()[q]);
      assertThat(alone.scores()[0]).isEqualTo(together.scores()[q]);
    }
  }

  @Test
  void fewerHitsAreTheHeadOfMore() {
    VectorIndex index = shared();
    int[][] more = index.search(QUERIES, 12).positions();
    int[][] fewer = index.search(QUERIES, 5).positions();
    for (int q = 0; q < QUERIES.length; q++) {
      assertThat(fewer[q]).hasSize(5);
      assertThat(!stable() || Arrays.equals(fewer[q], Arrays.copyOf(more[q], 5))).isTrue();
    }
  }

  @Test
  void onlyWhatPassesTheFilterIsFound() {
    VectorIndex index = shared();
    for (IntPredicate filter : new IntPredicate[] {p -> p % 3 == 1, p -> p == 77, p -> false}) {
      long passing = IntStream.range(0, SIZE).filter(filter).count();
      for (int[] positions : index.search(QUERIES, 10, filter).positions()) {
        assertThat(Arrays.stream(positions).allMatch(filter)).isTrue();
        if (recall() == 1) {
          assertThat(positions).hasSize((int) Math.min(10, passing));
        }
      }
    }
  }

  @Test
  void moreThanThereAreGivesAllThereAre() {
    VectorIndex index = shared();
    for (int[] positions : index.search(QUERIES, SIZE + 5).positions()) {
      assertThat(positions.length).isLessThanOrEqualTo(SIZE);
      if (recall() == 1) {
        assertThat(positions).hasSize(SIZE);
      }
    }
  }

  @Test
  void badQueriesAreRefusedInOneSentence() {
    VectorIndex index = shared();
    assertThat(index.size()).isEqualTo(SIZE);
    assertThat(index.dimension()).isEqualTo(DIM);
    assertThat(index.bytes()).isPositive();
    assertThat(index.name()).isNotBlank();
    assertThatThrownBy(() -> index.search(new float[1][DIM + 1], 5))
        .hasMessageContaining("33 dimensions, but 32 are expected");
    float[] bad = new float[DIM];
    bad[3] = Float.NaN;
    assertThatThrownBy(() -> index.search(new float[][] {bad}, 5))
        .hasMessageContaining("Query 0 is NaN at dimension 3");
    assertThatThrownBy(() -> index.search(QUERIES, 0)).hasMessageContaining("k must be at least 1");
  }

  @Test
  void noQueriesGiveNoHits() {
    VectorIndex index = shared();
    assertThat(index.search(new float[0][], 5).queries()).isZero();
  }
}
