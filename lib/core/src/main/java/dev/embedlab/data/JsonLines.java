package dev.embedlab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;

/** Rows of a JSON Lines file: one object a line; empty lines are passed over. */
final class JsonLines implements RowReader {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(new TypeReference<Map<String, Object>>() {});

  private final Lines lines;
  private String pending;
  private BadRowException failure;

  JsonLines(Path path) {
    this.lines = Lines.open(path);
  }

  @Override
  public boolean hasNext() {
    while (pending == null && failure == null && lines.hasNext()) {
      try {
        String line = lines.next();
        pending = line.isBlank() ? null : line;
      } catch (BadRowException e) {
        failure = e;
      }
    }
    return pending != null || failure != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + lines.file());
    }
    String line = pending;
    BadRowException refused = failure;
    pending = null;
    failure = null;
    if (refused != null) {
      throw refused;
    }
    return parse(line);
  }

  private Row parse(String line) {
    try {
      Map<String, Object> fields = READER.readValue(line);
      if (fields == null) {
        throw new BadRowException(lines.file(), lines.number(), "", "is null, not a JSON object");
      }
      return new Row(lines.file(), lines.number(), fields);
    } catch (JsonProcessingException e) {
      throw new BadRowException(lines.file(), lines.number(), "", reason(e));
    }
  }

  private static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    return "is not a JSON object" + where + ": " + first;
  }

  @Override
  public void close() {
    lines.close();
  }
}
