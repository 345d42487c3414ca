package dev.embedlab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Map;

/** Rows of a JSON Lines file: one object a line; empty lines are passed over. */
final class JsonLines extends LineRows {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(new TypeReference<Map<String, Object>>() {});

  JsonLines(Path path) {
    super(path);
  }

  @Override
  boolean isRow(String line) {
    return !line.isBlank();
  }

  @Override
  Row parse(String line) {
    try {
      Map<String, Object> fields = READER.readValue(line);
      if (fields == null) {
        throw new BadRowException(file(), number(), "", "is null, not a JSON object");
      }
      return new Row(file(), number(), fields);
    } catch (JsonProcessingException e) {
      throw new BadRowException(file(), number(), "", reason(e));
    }
  }

  private static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    return "is not a JSON object" + where + ": " + first;
  }
}
