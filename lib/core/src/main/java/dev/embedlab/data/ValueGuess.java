package dev.embedlab.data;

import dev.embedlab.data.ColumnGuess.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which column plays which part in a table without names, told from the values of its first row:
 * scores are the last number, texts the longest values in their order, labels what is left.
 */
final class ValueGuess {

  private static final Set<Part> NUMBERS = EnumSet.of(Part.SCORE, Part.RATING);
  private static final Set<Part> TEXTS =
      EnumSet.of(Part.FIRST, Part.SECOND, Part.NEGATIVE, Part.TEXT);

  private ValueGuess() {}

  /**
   * @param known parts whose column the caller said
   * @return part to column for all wanted parts
   */
  static Map<Part, String> of(Row first, Map<Part, String> known, Part... wanted) {
    Map<Part, String> columns = new LinkedHashMap<>(known);
    List<String> free = new ArrayList<>(first.fields().keySet());
    free.removeAll(known.values());
    List<Part> missing = new ArrayList<>(List.of(wanted));
    missing.removeAll(known.keySet());
    for (Part part : missing.stream().filter(NUMBERS::contains).toList()) {
      take(columns, free, part, lastNumber(first, free));
    }
    List<Part> texts = missing.stream().filter(TEXTS::contains).toList();
    List<String> longest = longest(first, free, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      take(columns, free, texts.get(i), i < longest.size() ? longest.get(i) : "");
    }
    for (Part part : missing) {
      if (!columns.containsKey(part)) {
        take(columns, free, part, free.size() == 1 ? free.getFirst() : "");
      }
    }
    for (Part part : wanted) {
      if (columns.get(part).isEmpty()) {
        throw new BadRowException(
            first.file(),
            0,
            "",
            "has no line of column names, and the %d columns do not tell which is '%s'; say the number, as in with(\"%s\", \"1\")"
                .formatted(first.fields().size(), part.word(), part.word()));
      }
    }
    return columns;
  }

  private static void take(Map<Part, String> columns, List<String> free, Part part, String column) {
    columns.put(part, column);
    free.remove(column);
  }

  private static String lastNumber(Row first, List<String> free) {
    return free.stream()
        .filter(name -> value(first, name).matches("[+-]?\\d*\\.?\\d+"))
        .reduce("", (earlier, later) -> later);
  }

  private static List<String> longest(Row first, List<String> free, int count) {
    List<String> chosen =
        free.stream()
            .sorted(Comparator.comparingInt(name -> -value(first, name).length()))
            .limit(count)
            .toList();
    return free.stream().filter(chosen::contains).toList();
  }

  private static String value(Row first, String name) {
    return String.valueOf(first.fields().get(name)).strip();
  }
}
