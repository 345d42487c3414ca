package dev.embedlab.evaluate.task;

import dev.embedlab.data.LabelledText;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Hits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Zero-shot classification: the label whose description is most like the text is predicted; nothing
 * is learned. Main score {@code accuracy}.
 *
 * @param name as result files show it
 * @param texts to classify
 * @param descriptions label to a text that describes it, for example {@code "a question about
 *     places"}
 */
public record ZeroShotTask(String name, List<LabelledText> texts, Map<String, String> descriptions)
    implements EmbeddingTask {

  public ZeroShotTask {
    texts = List.copyOf(texts);
    descriptions =
        java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(descriptions));
    for (LabelledText text : texts) {
      if (!descriptions.containsKey(text.label())) {
        throw new IllegalArgumentException(
            "The label '%s' has no description; there are %s."
                .formatted(text.label(), descriptions.keySet()));
      }
    }
  }

  @Override
  public TaskType type() {
    return TaskType.ZERO_SHOT_CLASSIFICATION;
  }

  @Override
  public TaskScores evaluate(Encoder encoder, EncodeOptions options) {
    List<String> labels = new ArrayList<>(descriptions.keySet());
    float[][] candidates = encoder.encode(new ArrayList<>(descriptions.values()), options);
    float[][] vectors = encoder.encode(texts.stream().map(LabelledText::text).toList(), options);
    try (ExactIndex index = ExactIndex.of(candidates, encoder.similarity())) {
      Hits hits = index.search(vectors, 1);
      int[] predicted = IntStream.range(0, texts.size()).map(i -> hits.positions()[i][0]).toArray();
      int[] truth = texts.stream().mapToInt(text -> labels.indexOf(text.label())).toArray();
      double[] right =
          IntStream.range(0, truth.length)
              .mapToDouble(i -> predicted[i] == truth[i] ? 1 : 0)
              .toArray();
      return new TaskScores(
          name,
          type(),
          "accuracy",
          Resampled.mean(right),
          PredictionScores.of(truth, predicted, Math.min(1, labels.size() - 1)));
    }
  }
}
