package dev.embedlab.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IvfIndexTest {

  private static final float[][] VECTORS = random(800, 24, 1);
  private static final float[][] QUERIES = random(10, 24, 2);

  private static float[][] random(int n, int dim, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[n][dim];
    for (float[] vector : vectors) {
      for (int i = 0; i < dim; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void visitingAllCellsIsExactSearchToTheBit(Similarity similarity) {
    Hits expected = ExactIndex.of(VECTORS, similarity).search(QUERIES, 30);
    Hits hits = IvfIndex.build(VECTORS, similarity, IvfOptions.flat(16, 16)).search(QUERIES, 30);
    assertThat(hits.positions()).isDeepEqualTo(expected.positions());
    assertThat(hits.scores()).isDeepEqualTo(expected.scores());
  }

  @Test
  void moreProbesNeverFindLess() {
    IvfIndex index = IvfIndex.build(VECTORS, Similarity.DOT, IvfOptions.flat(32, 1));
    float worst = Float.NEGATIVE_INFINITY;
    for (int probes : new int[] {1, 2, 4, 8, 16, 32}) {
      Hits hits = index.withProbes(probes).search(QUERIES, 10);
      float sum = 0;
      for (float[] scores : hits.scores()) {
        for (float score : scores) {
          sum += score;
        }
      }
      assertThat(sum).isGreaterThanOrEqualTo(worst);
      worst = sum;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void addsAndDeletes(int pqBytes) {
    IvfIndex index =
        IvfIndex.build(
            Arrays.copyOf(VECTORS, 700), Similarity.COSINE, new IvfOptions(8, 8, pqBytes, 1));
    assertThat(index.add(Arrays.copyOfRange(VECTORS, 700, 800))).isEqualTo(700);
    assertThat(index.size()).isEqualTo(800);
    int best = index.search(QUERIES, 1).positions()[0][0];
    assertThat(index.delete(best)).isTrue();
    assertThat(index.delete(best)).isFalse();
    assertThat(index.delete(-1)).isFalse();
    assertThat(index.size()).isEqualTo(799);
    assertThat(index.search(QUERIES, 800).positions()[0]).hasSize(799).doesNotContain(best);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void isTheSameAfterSavingAndOpening(int pqBytes, @TempDir Path folder) throws IOException {
    IvfIndex index =
        IvfIndex.build(VECTORS, Similarity.EUCLIDEAN, new IvfOptions(8, 3, pqBytes, 1));
    index.delete(5);
    Path file = folder.resolve("a").resolve("vectors.ivf");
    index.save(file, "model a");
    IvfIndex opened = IvfIndex.open(file, "model a");
    assertThat(opened.search(QUERIES, 20).positions())
        .isDeepEqualTo(index.search(QUERIES, 20).positions());
    assertThat(opened.search(QUERIES, 20).scores())
        .isDeepEqualTo(index.search(QUERIES, 20).scores());
    assertThat(opened.add(QUERIES)).isEqualTo(800);
    assertThatThrownBy(() -> IvfIndex.open(file, "model b"))
        .hasMessageContaining("holds vectors of 'model a', but 'model b' is asked for");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file); // no temporary file is left
    }
  }

  /** A thousand damaged files: every one is refused with a sentence. */
  @Test
  void damagedFilesAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("good.ivf");
    IvfIndex.build(Arrays.copyOf(VECTORS, 300), Similarity.DOT, new IvfOptions(4, 2, 4, 1))
        .save(file, "m");
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(11);
    Path bad = folder.resolve("bad.ivf");
    for (int i = 0; i < 1000; i++) {
      Files.write(bad, mutated(good, random, i % 4));
      assertThatThrownBy(() -> IvfIndex.open(bad, "m"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bad.ivf");
    }
  }

  private static byte[] mutated(byte[] good, Random random, int way) {
    byte[] bytes = good.clone();
    int at = random.nextInt(bytes.length);
    switch (way) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 64), (byte) ~bytes[at]);
      default -> {
        bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
        bytes[bytes.length - 1] = 1;
      }
    }
    return bytes;
  }

  @Test
  void foreignFilesAreNamed(@TempDir Path folder) throws IOException {
    Path text =
        Files.writeString(folder.resolve("text"), "this is no index but a letter to a friend");
    assertThatThrownBy(() -> IvfIndex.open(text, "m")).hasMessageContaining("not an index");
    Path file = folder.resolve("big");
    IvfIndex.build(VECTORS, Similarity.DOT, IvfOptions.flat(4, 2)).save(file, "m");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < 4; i++) { // the first number as a big-endian machine would write it
      byte other = bytes[i];
      bytes[i] = bytes[7 - i];
      bytes[7 - i] = other;
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> IvfIndex.open(file, "m")).hasMessageContaining("big-endian");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> IvfOptions.flat(4, 5)).hasMessageContaining("5 probes");
    assertThatThrownBy(() -> IvfIndex.build(QUERIES, Similarity.DOT, IvfOptions.flat(11, 1)))
        .hasMessageContaining("11 centroids need as many points");
  }
}
