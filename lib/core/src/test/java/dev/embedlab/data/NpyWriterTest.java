package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("vectors.npy");
    // More than one buffer of 65,536 bytes.
    float[][] rows = new float[20_000][3];
    try (NpyWriter writer = new NpyWriter(file, 3)) {
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new float[] {i, -i / 7f, Float.MIN_VALUE};
        writer.write(rows[i]);
      }
    }
    assertThat(NpyFile.read(file)).isEqualTo(rows);
    assertThat(Files.size(file)).isEqualTo(128 + 20_000 * 3 * 4);
  }

  @Test
  void singleNumbersAreAVector() throws IOException {
    Path file = folder.resolve("scores.npy");
    try (NpyWriter writer = new NpyWriter(file, 0)) {
      writer.write(new float[] {1});
      writer.write(new float[] {2});
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 0, 128, StandardCharsets.ISO_8859_1))
        .contains("'descr': '<f4'", "'shape': (2,)")
        .endsWith("\n");
    assertThat(bytes).hasSize(128 + 8);
  }

  @Test
  void rowsOfAnotherLengthAreRefused() throws IOException {
    try (NpyWriter writer = new NpyWriter(folder.resolve("a.npy"), 3)) {
      writer.write(new float[3]);
      assertThatThrownBy(() -> writer.write(new float[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows of 3 numbers, but row 1 has 2");
    }
  }
}
