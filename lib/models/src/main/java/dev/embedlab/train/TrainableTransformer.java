package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A checkpoint under training. The model is changed in place: save it with {@link
 * EmbeddingModel#save} when training is over. Closing this object leaves the model open.
 */
public final class TrainableTransformer implements TrainableEncoder {

  /** One pass may have this many times the padded tokens of a pass for each column. */
  private static final double MOST_PADDING = 1.1;

  private final EmbeddingModel model;
  private final boolean dropout;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  public TrainableTransformer(EmbeddingModel model) {
    this(model, true);
  }

  /**
   * @param dropout whether to drop what the checkpoint says while training; without, a run is a
   *     function of its data alone
   */
  public TrainableTransformer(EmbeddingModel model, boolean dropout) {
    this.model = model;
    this.dropout = dropout;
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
  public NDArray forward(NDManager step, List<String> texts, boolean training) {
    return model.forward(step, model.batch(texts, ""), training, training && dropout);
  }

  /** In one pass, unless short texts would be padded to the length of long ones. */
  @Override
  public List<NDArray> forwardAll(NDManager step, List<List<String>> columns, boolean training) {
    long apart = 0;
    long rows = 0;
    long longest = 0;
    for (List<String> column : columns) {
      long tokens =
          column.parallelStream().mapToInt(t -> model.tokenize(t).length()).max().orElse(0);
      apart += tokens * column.size();
      rows += column.size();
      longest = Math.max(longest, tokens);
    }
    return rows * longest <= MOST_PADDING * apart
        ? forwardJoined(step, columns, training)
        : TrainableEncoder.super.forwardAll(step, columns, training);
  }

  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }

  @Override
  public Encoder snapshot(String name) {
    return new View(name, model);
  }

  @Override
  public void close() {
    weights.values().forEach(weight -> weight.setRequiresGradient(false));
  }

  /** The live model under another name; closing it must not close the model. */
  private record View(String name, EmbeddingModel model) implements Encoder {

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public float[][] encode(List<String> texts, EncodeOptions options) {
      return model.encode(texts, options);
    }

    @Override
    public OptionalInt maxTokens() {
      return model.maxTokens();
    }
  }
}
