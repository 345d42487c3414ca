package dev.embedlab.data;

import dev.embedlab.data.ColumnGuess.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes values of rows whose columns may hold lists. */
final class TextRows {

  private TextRows() {}

  static List<ScoredPair> scoredPairs(Row row, Map<Part, String> columns) {
    String first = columns.get(Part.FIRST);
    String second = columns.get(Part.SECOND);
    String score = columns.get(Part.SCORE);
    if (!(row.fields().get(first) instanceof List<?>)) {
      return List.of(new ScoredPair(row.text(first), row.text(second), row.number(score)));
    }
    List<String> a = row.texts(first);
    List<String> b = row.texts(second);
    List<Double> scores = row.numbers(score);
    requireSameLength(row, second, a.size(), b.size());
    requireSameLength(row, score, a.size(), scores.size());
    List<ScoredPair> pairs = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      pairs.add(new ScoredPair(a.get(i), b.get(i), scores.get(i)));
    }
    return pairs;
  }

  /** One text with its labels, or a list of texts with one label each. */
  static List<LabelledText> labelledTexts(Row row, Map<Part, String> columns) {
    String text = columns.get(Part.TEXT);
    return row.fields().get(text) instanceof List<?>
        ? labelledSet(row, columns)
        : List.of(new LabelledText(row.text(text), labels(row, columns.get(Part.LABEL))));
  }

  static List<LabelledText> labelledSet(Row row, Map<Part, String> columns) {
    List<String> texts = row.texts(columns.get(Part.TEXT));
    List<String> labels = row.texts(columns.get(Part.LABEL));
    requireSameLength(row, columns.get(Part.LABEL), texts.size(), labels.size());
    List<LabelledText> set = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      set.add(new LabelledText(texts.get(i), labels.get(i)));
    }
    return set;
  }

  static SummarySample summary(Row row, Map<Part, String> columns) {
    List<String> human = row.texts(columns.get(Part.HUMAN));
    List<String> machine = row.texts(columns.get(Part.MACHINE));
    List<Double> ratings = row.numbers(columns.get(Part.RATING));
    if (human.isEmpty()) {
      throw row.bad(columns.get(Part.HUMAN), "is empty; every text needs a human summary");
    }
    requireSameLength(row, columns.get(Part.RATING), machine.size(), ratings.size());
    return new SummarySample(human, machine, ratings);
  }

  private static List<String> labels(Row row, String column) {
    return row.fields().get(column) instanceof List<?>
        ? row.texts(column)
        : List.of(row.text(column));
  }

  private static void requireSameLength(Row row, String field, int wanted, int found) {
    if (found != wanted) {
      throw row.bad(
          field, "has %d items, but the other columns of the row have %d".formatted(found, wanted));
    }
  }
}
