package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.Similarity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Search in a mapped file. {@code -Dembedlab.mapped.rows=1000000} makes it the million of 1.5 GB;
 * memory of the process that is not the file's is then printed and must stay under 4 GiB.
 */
class MappedSearchTest {

  private static final int ROWS = Integer.getInteger("embedlab.mapped.rows", 20_000);
  private static final int DIM = 384;

  @TempDir Path folder;

  private static float[] vector(long row) {
    SplittableRandom random = new SplittableRandom(row);
    float[] vector = new float[DIM];
    for (int i = 0; i < DIM; i++) {
      vector[i] = (float) random.nextDouble() - 0.5f;
    }
    return vector;
  }

  private Path write() throws IOException {
    Path file = folder.resolve("vectors.f32");
    ByteBuffer row = ByteBuffer.allocate(DIM * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int n = 0; n < ROWS; n++) {
        row.clear().asFloatBuffer().put(vector(n));
        out.write(row.array());
      }
    }
    return file;
  }

  @Test
  void findsEveryVectorByItself() throws IOException {
    Path file = write();
    float[][] queries = new float[24][];
    for (int q = 0; q < queries.length; q++) {
      queries[q] = vector((long) q * (ROWS - 1) / (queries.length - 1));
    }
    try (Arena arena = Arena.ofShared()) {
      VectorMatrix mapped = VectorMatrix.map(file, 0, ElementType.FLOAT32, ROWS, DIM, arena);
      VectorIndex index = ExactIndex.over(mapped, Similarity.COSINE);
      long start = System.nanoTime();
      Hits hits = index.search(queries, 10);
      double seconds = (System.nanoTime() - start) / 1e9;
      for (int q = 0; q < queries.length; q++) {
        assertThat(hits.positions()[q][0]).isEqualTo(q * (ROWS - 1L) / (queries.length - 1));
        assertThat(hits.scores()[q][0]).isBetween(0.99999f, 1.00001f);
        assertThat(hits.scores()[q][1]).isLessThan(0.5f);
      }
      report(seconds, queries.length);
    }
    assertThatThrownBy(
            () -> VectorMatrix.map(file, 0, ElementType.FLOAT32, ROWS + 1, DIM, Arena.global()))
        .hasMessageContaining("cut short");
  }

  private static void report(double seconds, int queries) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (ROWS < 1_000_000 || !Files.exists(status)) {
      return;
    }
    long own =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("RssAnon:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    System.out.printf(
        "%,d x %d mapped: %d queries in %.2f s, %,d MiB of memory besides the file%n",
        ROWS, DIM, queries, seconds, own / 1024);
    assertThat(own).isLessThan(4L << 20);
  }
}
