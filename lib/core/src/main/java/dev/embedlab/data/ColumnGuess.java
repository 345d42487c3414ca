package dev.embedlab.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which column plays which part, told from the names that data sets usually give them. */
final class ColumnGuess {

  private static final Map<Part, List<String>> USUAL =
      Map.of(
          Part.FIRST,
          List.of(
              "sentence1",
              "text1",
              "text_1",
              "sentence_1",
              "anchor",
              "query",
              "question",
              "first",
              "source",
              "premise",
              "sentence_a",
              "sent1",
              "#1 string",
              "input1"),
          Part.SECOND,
          List.of(
              "sentence2",
              "text2",
              "text_2",
              "sentence_2",
              "positive",
              "pos",
              "answer",
              "document",
              "second",
              "target",
              "hypothesis",
              "sentence_b",
              "sent2",
              "#2 string",
              "passage",
              "input2"),
          Part.NEGATIVE,
          List.of("negative", "neg", "hard_negative", "negatives"),
          Part.SCORE,
          List.of(
              "score", "similarity", "similarity_score", "label", "labels", "rating", "quality"),
          Part.TEXT,
          List.of(
              "text",
              "sentence",
              "sentences",
              "content",
              "body",
              "document",
              "question",
              "utterance",
              "title"),
          Part.LABEL,
          List.of("label", "labels", "category", "intent", "class", "topic", "target", "scenario"),
          Part.HUMAN,
          List.of("human_summaries", "human", "references"),
          Part.MACHINE,
          List.of("machine_summaries", "machine", "candidates"),
          Part.RATING,
          List.of("relevance", "ratings", "rating", "scores", "score"));

  private static final Predicate<String> NUMBERED = name -> name.startsWith(Delimited.NUMBERED);

  /** What a column is for. */
  enum Part {
    FIRST,
    SECOND,
    NEGATIVE,
    SCORE,
    TEXT,
    LABEL,
    HUMAN,
    MACHINE,
    RATING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<String> ALL =
      USUAL.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

  private ColumnGuess() {}

  /** Whether data sets usually call a column so. */
  static boolean isUsual(String name) {
    return ALL.contains(name.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * @param given part to column, as the caller said
   * @return part to column for all wanted parts
   */
  static Map<Part, String> of(Row first, Map<String, String> given, Part... wanted) {
    Map<Part, String> columns = new LinkedHashMap<>();
    for (Part part : wanted) {
      if (given.containsKey(part.word())) {
        columns.put(part, named(first, given.get(part.word())));
      }
    }
    if (columns.size() < wanted.length && first.fields().keySet().stream().allMatch(NUMBERED)) {
      return ValueGuess.of(first, columns, wanted);
    }
    if (columns.isEmpty() && List.of(wanted).equals(List.of(Part.FIRST, Part.SECOND))) {
      columns.putAll(onlyTwo(first));
    }
    for (Part part : wanted) {
      if (!columns.containsKey(part)) {
        columns.put(part, guess(first, part, Set.copyOf(columns.values())));
      }
    }
    return columns;
  }

  private static String named(Row first, String said) {
    String numbered = Delimited.NUMBERED + said;
    String column = first.fields().containsKey(numbered) ? numbered : said;
    if (!first.fields().containsKey(column)) {
      throw new BadRowException(
          first.file(), 0, said, "there is no such column; there are " + first.fields().keySet());
    }
    return column;
  }

  /** The two columns of a table of pairs that has no others, whatever their names. */
  private static Map<Part, String> onlyTwo(Row first) {
    List<String> names = List.copyOf(first.fields().keySet());
    return names.size() == 2 && names.stream().noneMatch(ColumnGuess::isUsual)
        ? Map.of(Part.FIRST, names.get(0), Part.SECOND, names.get(1))
        : Map.of();
  }

  private static String guess(Row first, Part part, Set<String> taken) {
    return USUAL.get(part).stream()
        .map(name -> find(first, name))
        .flatMap(Optional::stream)
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRowException(
                    first.file(),
                    0,
                    "",
                    "has no column that looks like '%s' among %s; say which, as in with(\"%s\", \"...\")"
                        .formatted(part.word(), first.fields().keySet(), part.word())));
  }

  private static Optional<String> find(Row row, String name) {
    return row.fields().keySet().stream().filter(f -> f.strip().equalsIgnoreCase(name)).findFirst();
  }
}
