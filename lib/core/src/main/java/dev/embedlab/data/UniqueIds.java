package dev.embedlab.data;

import java.util.HashMap;
import java.util.Map;

/** Remembers where each id stood first, to name the line that repeats one. */
final class UniqueIds {

  private final Map<String, String> places = new HashMap<>();

  /** The id of a row, which no earlier row may have. */
  String of(Row row) {
    String field = row.firstOf("_id", "id");
    String id = row.id(field);
    String earlier = places.putIfAbsent(id, row.file() + " line " + row.line());
    if (earlier != null) {
      throw row.bad(field, "repeats the id '%s' of %s; ids must be unique".formatted(id, earlier));
    }
    return id;
  }
}
