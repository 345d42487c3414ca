package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A text with its labels.
 *
 * @param text what is classified or clustered
 * @param labels one for plain classification; several for multilabel tasks; one a level, coarsest
 *     first, for hierarchical clustering
 */
public record LabelledText(String text, List<String> labels) {

  public LabelledText {
    requireNonNull(text, "text");
    labels = List.copyOf(labels);
  }

  public LabelledText(String text, String label) {
    this(text, List.of(label));
  }

  /** The only label. */
  public String label() {
    if (labels.size() != 1) {
      throw new IllegalArgumentException(
          "A text with one label was wanted, but this one has %s.".formatted(labels));
    }
    return labels.getFirst();
  }
}
