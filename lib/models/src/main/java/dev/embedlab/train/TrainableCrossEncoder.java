package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.TextPair;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cross-encoder under training. The first text of an example is read together with each of the
 * others, so the losses see one column of logits {@code [batch][labels]} for each other text: one
 * for {@link dev.embedlab.train.loss.BinaryCrossEntropy} and {@link
 * dev.embedlab.train.loss.CrossEntropy}, the positive's and the negatives' for {@link
 * dev.embedlab.train.loss.RankedLogits}. The model is changed in place; save it with {@link
 * CrossEncoder#save}.
 *
 * <pre>{@code
 * try (var encoder = new TrainableCrossEncoder(model)) {
 *   Trainer.builder().loss(new RankedLogits()).build().train(encoder, mined.examples());
 * }
 * }</pre>
 */
public final class TrainableCrossEncoder implements TrainableEncoder {

  /** Between the two texts of a pair; a control character that no text has a use for. */
  private static final char BETWEEN = '\u001e';

  private final CrossEncoder model;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  public TrainableCrossEncoder(CrossEncoder model) {
    this.model = model;
    model
        .checkpoint()
        .parameters()
        .forEach(
            (name, parameter) -> {
              parameter.getArray().setRequiresGradient(true);
              weights.put(name, parameter.getArray());
            });
  }

  @Override
  public List<List<String>> columns(List<TrainingExample> batch, List<String> prompts) {
    List<List<String>> columns = TrainableEncoder.super.columns(batch, prompts);
    List<String> first = columns.getFirst();
    List<List<String>> pairs = new ArrayList<>();
    for (List<String> second : columns.subList(1, columns.size())) {
      List<String> joined = new ArrayList<>(second.size());
      for (int i = 0; i < second.size(); i++) {
        joined.add(first.get(i).replace(BETWEEN, ' ') + BETWEEN + second.get(i));
      }
      pairs.add(joined);
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "A cross-encoder reads pairs, but the examples have one text each.");
    }
    return pairs;
  }

  @Override
  public NDArray forward(NDManager step, List<String> texts, boolean training) {
    List<TextPair> pairs = new ArrayList<>(texts.size());
    for (String text : texts) {
      int cut = text.indexOf(BETWEEN);
      pairs.add(new TextPair(text.substring(0, cut), text.substring(cut + 1)));
    }
    return model.forward(step, model.batch(pairs), training);
  }

  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }

  /** Has no vectors; an {@link Evaluation} of a cross-encoder asks the model itself. */
  @Override
  public Encoder snapshot(String name) {
    return new NoVectors(name);
  }

  @Override
  public void close() {
    weights.values().forEach(weight -> weight.setRequiresGradient(false));
  }

  /** Stands where an encoder is asked for. */
  private record NoVectors(String name) implements Encoder {

    @Override
    public int dimension() {
      return 0;
    }

    @Override
    public float[][] encode(List<String> texts, EncodeOptions options) {
      throw new UnsupportedOperationException(
          "A cross-encoder scores pairs and gives no vectors; evaluate it by reranking.");
    }
  }
}
