package dev.embedlab.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;

/** Rows of a file that holds one JSON array of objects; read object by object. */
final class JsonArray implements RowReader {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final String file;
  private final JsonParser parser;
  private boolean ready;
  private boolean ended;
  private BadRowException failure;

  /** Whether the first character that is no white space opens an array. */
  static boolean isOne(Path path) {
    try (Lines lines = Lines.open(path)) {
      while (lines.hasNext()) {
        String line = lines.next().strip();
        if (!line.isEmpty()) {
          return line.startsWith("[");
        }
      }
      return false;
    }
  }

  JsonArray(Path path) {
    file = String.valueOf(path.getFileName());
    try {
      parser = JSON.createParser(Lines.stream(path));
      parser.nextToken();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + path + ": " + e.getMessage(), e);
    }
  }

  private long line() {
    return Math.max(parser.currentTokenLocation().getLineNr(), 1);
  }

  @Override
  public boolean hasNext() {
    if (!ready && !ended && failure == null) {
      try {
        JsonToken token = parser.nextToken();
        ready = token != null && token != JsonToken.END_ARRAY;
        ended = !ready;
        if (token == null || (ended && parser.nextToken() != null)) {
          fail("should hold one array of objects and nothing else; complete or cut the file");
        }
      } catch (IOException e) {
        fail(reason(e));
      }
    }
    return ready || failure != null;
  }

  /** What follows a syntax error cannot be told apart, so nothing more is read. */
  private void fail(String problem) {
    ended = true;
    ready = false;
    failure = new BadRowException(file, line(), "", problem);
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + file);
    }
    ready = false;
    BadRowException refused = failure;
    failure = null;
    if (refused != null) {
      throw refused;
    }
    long line = line();
    try {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        throw new BadRowException(file, line, "", "is not a JSON object");
      }
      return new Row(file, line, parser.readValueAs(FIELDS));
    } catch (IOException e) {
      ended = true;
      throw new BadRowException(file, line(), "", reason(e));
    }
  }

  private static String reason(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return "is no valid JSON: " + String.valueOf(message).lines().findFirst().orElse("unreadable");
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file + ": " + e.getMessage(), e);
    }
  }
}
