package dev.embedlab.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Texts that belong together and what is known about them.
 *
 * @param texts for most losses an anchor, a positive and any number of negatives
 * @param labels empty, one score or class, or one score for each target of a distillation loss
 */
public record TrainingExample(List<String> texts, List<Float> labels) {

  public TrainingExample {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i) == null) {
        throw new IllegalArgumentException(
            "Text %d of a training example is null; give the text or leave the example out."
                .formatted(i));
      }
    }
    texts = List.copyOf(texts);
    labels = List.copyOf(labels);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("A training example has no texts; give at least one.");
    }
  }

  /** A text and one that answers or means the same. */
  public static TrainingExample pair(String anchor, String positive) {
    return new TrainingExample(Arrays.asList(anchor, positive), List.of());
  }

  /** A text, one that matches it and one that does not. */
  public static TrainingExample triplet(String anchor, String positive, String negative) {
    return new TrainingExample(Arrays.asList(anchor, positive, negative), List.of());
  }

  /** A text, one that matches it and any number of others that do not. */
  public static TrainingExample withNegatives(
      String anchor, String positive, List<String> negatives) {
    List<String> texts = new ArrayList<>(Arrays.asList(anchor, positive));
    texts.addAll(negatives);
    return new TrainingExample(texts, List.of());
  }

  /**
   * An example for each text that matches the anchor, all with the same negatives. Sampled without
   * duplicates they never share a batch, so no match is taken for a negative of another.
   */
  public static List<TrainingExample> forEachPositive(
      String anchor, List<String> positives, List<String> negatives) {
    return positives.stream().map(positive -> withNegatives(anchor, positive, negatives)).toList();
  }

  /** Two texts and how alike they are, or whether they match (1) or not (0). */
  public static TrainingExample scored(String a, String b, float score) {
    return new TrainingExample(Arrays.asList(a, b), List.of(score));
  }

  /** One text of a class, for the losses that find triplets themselves. */
  public static TrainingExample labelled(String text, int label) {
    return new TrainingExample(Collections.singletonList(text), List.of((float) label));
  }
}
