package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.encode.Similarity;
import dev.embedlab.lucene.HnswOptions.Quantization;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorIndexContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HnswIndexTest {

  /** A graph over the vectors of the contract. */
  abstract static class Graph extends VectorIndexContract {
    static float[][] vectors() {
      return VECTORS;
    }

    static VectorIndex build(Similarity similarity, Quantization quantization) {
      return HnswIndex.build(
          VECTORS, similarity, HnswOptions.DEFAULT.withQuantization(quantization));
    }

    @Override
    protected double recall() {
      return 0.95;
    }
  }

  @Nested
  class Cosine extends Graph {
    @Override
    protected VectorIndex index() {
      return build(Similarity.COSINE, Quantization.NONE);
    }
  }

  @Nested
  class Dot extends Graph {
    @Override
    protected VectorIndex index() {
      return build(Similarity.DOT, Quantization.NONE);
    }
  }

  @Nested
  class EuclideanInt8 extends Graph {
    @Override
    protected VectorIndex index() {
      return build(Similarity.EUCLIDEAN, Quantization.INT8);
    }
  }

  @Nested
  class CosineBits extends Graph {
    @Override
    protected VectorIndex index() {
      return build(Similarity.COSINE, Quantization.BIT);
    }

    @Override
    protected double recall() {
      return 0.8;
    }
  }

  /** Damaged files; {@code -Dembedlab.mutations=1000} is full size. */
  private static final int MUTATIONS = Integer.getInteger("embedlab.mutations", 60);

  private static final float[][] VECTORS = Graph.vectors();
  private static final float[][] QUERIES = Arrays.copyOfRange(VECTORS, 200, 210);

  @ParameterizedTest
  @EnumSource(Quantization.class)
  void isTheSameAfterOpening(Quantization quantization, @TempDir Path folder) throws IOException {
    HnswOptions options = HnswOptions.DEFAULT.withQuantization(quantization).withEfSearch(40);
    try (HnswIndex built =
            HnswIndex.create(folder, "model a", VECTORS, Similarity.COSINE, options);
        HnswIndex opened = HnswIndex.open(folder, "model a", 40)) {
      assertThat(opened.name()).isEqualTo(built.name());
      assertThat(opened.search(QUERIES, 10).positions())
          .isDeepEqualTo(built.search(QUERIES, 10).positions());
    }
    assertThatThrownBy(() -> HnswIndex.open(folder, "model b", 40))
        .hasMessageContaining("holds vectors of 'model a', but 'model b' is asked for");
    assertThatThrownBy(
            () -> HnswIndex.create(folder, "model a", VECTORS, Similarity.COSINE, options))
        .hasMessageContaining("already holds an index");
  }

  @Test
  void addsAndDeletes() throws IOException {
    try (HnswIndex index =
        HnswIndex.build(Arrays.copyOf(VECTORS, 1000), Similarity.COSINE, HnswOptions.DEFAULT)) {
      assertThat(index.add(Arrays.copyOfRange(VECTORS, 1000, 1500))).isEqualTo(1000);
      assertThat(index.search(new float[][] {VECTORS[1234]}, 1).positions()[0])
          .containsExactly(1234);
      index.delete(List.of(1234));
      assertThat(index.size()).isEqualTo(1499);
      assertThat(index.search(new float[][] {VECTORS[1234]}, 9).positions()[0])
          .hasSize(9)
          .doesNotContain(1234);
    }
  }

  @Test
  void isSearchedWhileItChanges() throws Exception {
    try (HnswIndex index =
        HnswIndex.build(Arrays.copyOf(VECTORS, 400), Similarity.COSINE, HnswOptions.DEFAULT)) {
      Overlap.of(
          () -> index.search(QUERIES, 10, p -> p != 3),
          round -> {
            index.add(Arrays.copyOfRange(VECTORS, 400 + round, 401 + round));
            index.delete(List.of(round));
          });
      assertThat(index.size()).isEqualTo(400);
    }
  }

  @Test
  void aClosedIndexSaysSo() {
    HnswIndex index = HnswIndex.build(VECTORS, Similarity.DOT, HnswOptions.DEFAULT);
    index.close();
    index.close();
    assertThatThrownBy(() -> index.search(QUERIES, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void leavesNoFilesBehind() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    List<Path> before = indexFolders(folder); // other programs may come and go meanwhile
    HnswIndex index = HnswIndex.build(QUERIES, Similarity.DOT, HnswOptions.DEFAULT);
    List<Path> made = new java.util.ArrayList<>(indexFolders(folder));
    made.removeAll(before);
    index.close();
    assertThat(made).isNotEmpty().anyMatch(Files::notExists);
  }

  private static List<Path> indexFolders(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith("embedlab-index")).toList();
    }
  }

  @Test
  void aLargerEfFindsMore() {
    try (HnswIndex index = HnswIndex.build(VECTORS, Similarity.COSINE, HnswOptions.DEFAULT)) {
      float[] truth = ExactIndex.of(VECTORS, Similarity.COSINE).search(QUERIES, 10).scores()[3];
      float few = index.withEfSearch(10).search(QUERIES, 10).scores()[3][9];
      float many = index.withEfSearch(400).search(QUERIES, 10).scores()[3][9];
      assertThat(few).isLessThanOrEqualTo(many);
      assertThat(many).isCloseTo(truth[9], within(1e-6f));
    }
  }

  @Test
  void aDamagedGraphIsRefused(@TempDir Path folder) throws IOException {
    HnswIndex.create(folder, "m", VECTORS, Similarity.DOT, HnswOptions.DEFAULT).close();
    List<Path> all;
    try (var files = Files.list(folder)) {
      all = files.filter(file -> !file.endsWith("write.lock")).toList();
    }
    Random random = new Random(9);
    for (int i = 0; i < MUTATIONS; i++) {
      Path file = all.get(i % all.size());
      byte[] good = Files.readAllBytes(file);
      int at = random.nextInt(good.length);
      byte[] bad = i % 5 == 4 ? Arrays.copyOf(good, at) : good.clone();
      if (i % 5 != 4) {
        bad[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bad);
      assertThatThrownBy(() -> HnswIndex.open(folder, "m", 40))
          .as("%s at %d", file.getFileName(), at)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("build it again");
      Files.write(file, good);
    }
    HnswIndex.open(folder, "m", 40).close();
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> HnswOptions.DEFAULT.withM(1))
        .hasMessageContaining("between 2 and 512");
    assertThatThrownBy(() -> HnswOptions.DEFAULT.withEfConstruction(8))
        .hasMessageContaining("m = 16");
    assertThatThrownBy(() -> HnswIndex.build(VECTORS, Similarity.MANHATTAN, HnswOptions.DEFAULT))
        .hasMessageContaining("Manhattan");
  }
}
