package dev.embedlab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads text files a line at a time; bytes that are not UTF-8 become U+FFFD. */
final class TextLines {

  private static final int BATCH = 20_000;

  private TextLines() {}

  /** Lines without their ends, in batches, so that files of any size can be read. */
  static void inBatches(Path file, Consumer<List<String>> batches) throws IOException {
    try (BufferedReader in = open(file)) {
      List<String> batch = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        batch.add(line);
        if (batch.size() == BATCH) {
          batches.accept(batch);
          batch = new ArrayList<>();
        }
      }
      batches.accept(batch);
    }
  }

  /** Lines without their ends; close the stream. */
  static Stream<String> of(Path file) throws IOException {
    BufferedReader in = open(file);
    return in.lines().onClose(() -> close(in));
  }

  private static void close(BufferedReader in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All lines with their ends, {@code \n} or {@code \r\n}, as they stand in the file. */
  static List<String> withEnds(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }

  private static BufferedReader open(Path file) throws IOException {
    // The decoder of Files.newBufferedReader throws at the first byte that is not UTF-8.
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16);
  }
}
