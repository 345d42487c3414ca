package dev.embedlab.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which column plays which part, told from the names that data sets usually give them. */
final class ColumnGuess {

  private static final Map<Part, List<String>> USUAL =
      Map.of(
          Part.FIRST,
          List.of(
              "sentence1",
              "text1",
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

  private ColumnGuess() {}

  /**
   * @param given part to column, as the caller said
   * @return part to column for all wanted parts
   */
  static Map<Part, String> of(Row first, Map<String, String> given, Part... wanted) {
    Map<Part, String> columns = new LinkedHashMap<>();
    for (Part part : wanted) {
      String said = given.get(part.word());
      if (said != null && !first.fields().containsKey(said)) {
        throw new BadRowException(
            first.file(), 0, said, "there is no such column; there are " + first.fields().keySet());
      }
      columns.put(part, said != null ? said : guess(first, part, Set.copyOf(columns.values())));
    }
    return columns;
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
