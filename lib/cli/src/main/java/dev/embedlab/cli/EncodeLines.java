package dev.embedlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.checkpoint.TextPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A JSON Lines file of texts or of pairs. A file that can be read twice is checked whole before
 * anything is computed, so that a bad last line costs no hour.
 */
final class EncodeLines {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final Path file;
  private final long count;

  private EncodeLines(Path file, long count) {
    this.file = file;
    this.count = count;
  }

  static EncodeLines of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s: this is a folder, not a file of texts.".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      Files.newBufferedReader(file).close();
      return new EncodeLines(file, 0);
    }
    long count = 0;
    try (Reader reader = new EncodeLines(file, 0).open()) {
      while (reader.hasNext()) {
        reader.next();
        count++;
      }
    }
    return new EncodeLines(file, count);
  }

  /** Number of lines, or 0 if the file can be read only once. */
  long count() {
    return count;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  Reader open() throws IOException {
    return new Reader(file);
  }

  /** One line. */
  record Line(long number, String text, Optional<String> pair) {}

  /** Goes through the lines once. */
  static final class Reader implements Iterator<Line>, AutoCloseable {

    private final Path file;
    private final BufferedReader reader;
    private long number;
    private Line pending;

    private Reader(Path file) throws IOException {
      this.file = file;
      this.reader = Files.newBufferedReader(file);
    }

    /** Texts for a model that takes no pairs. */
    Iterator<String> texts(String model) {
      return map(
          line -> {
            if (line.pair().isPresent()) {
              throw bad(line.number(), "has a \"pair\", but '%s' encodes single texts", model);
            }
            return line.text();
          });
    }

    /** Pairs for a cross-encoder. */
    Iterator<TextPair> pairs(String model) {
      return map(
          line ->
              new TextPair(
                  line.text(),
                  line.pair()
                      .orElseThrow(
                          () ->
                              bad(
                                  line.number(),
                                  "has no \"pair\", but '%s' is a cross-encoder",
                                  model))));
    }

    private <T> Iterator<T> map(java.util.function.Function<Line, T> function) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return Reader.this.hasNext();
        }

        @Override
        public T next() {
          return function.apply(Reader.this.next());
        }
      };
    }

    @Override
    public boolean hasNext() {
      if (pending == null) {
        pending = read();
      }
      return pending != null;
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Line line = pending;
      pending = null;
      return line;
    }

    /** Empty lines at the end are passed over; elsewhere they would shift the result. */
    private Line read() {
      long empty = 0;
      for (String line = readLine(); line != null; line = readLine()) {
        if (!line.isBlank()) {
          if (empty > 0) {
            throw bad(empty, "is empty");
          }
          return parse(line);
        }
        empty = number;
      }
      return null;
    }

    private String readLine() {
      try {
        number++;
        return reader.readLine();
      } catch (CharacterCodingException e) {
        throw bad(number, "or one soon after is not UTF-8");
      } catch (IOException e) {
        throw new UncheckedIOException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }

    private Line parse(String line) {
      JsonNode node;
      try {
        node = JSON.readValue(number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
      } catch (JsonProcessingException e) {
        throw bad(
            number, "is not JSON (%s)", e.getOriginalMessage().lines().findFirst().orElse(""));
      }
      if (!node.isObject()) {
        throw bad(number, "is not a JSON object such as {\"text\": \"...\"}");
      }
      return new Line(
          number,
          string(node, "text").orElseThrow(() -> bad(number, "has no field \"text\"")),
          string(node, "pair"));
    }

    private Optional<String> string(JsonNode node, String field) {
      if (!node.hasNonNull(field)) {
        return Optional.empty();
      }
      if (!node.get(field).isTextual()) {
        throw bad(number, "has a \"%s\" that is no string", field);
      }
      String value = node.get(field).textValue();
      if (value.codePoints().anyMatch(EncodeLines::isHalf)) {
        throw bad(
            number, "has half of a surrogate pair in its \"%s\", which is no character", field);
      }
      return Optional.of(value);
    }

    private IllegalArgumentException bad(long line, String what, Object... arguments) {
      return new IllegalArgumentException(
          "%s, line %d: it %s.".formatted(file, line, what.formatted(arguments)));
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
