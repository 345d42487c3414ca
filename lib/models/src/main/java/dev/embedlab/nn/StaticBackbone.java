package dev.embedlab.nn;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One vector for each token, whatever stands around it: sentence-transformers' StaticEmbedding and
 * Model2Vec, once their mean is taken.
 *
 * @param hiddenSize length of the vectors
 */
public record StaticBackbone(int hiddenSize) implements Backbone {

  /** The only tensor, {@code [vocabulary][hiddenSize]}. */
  public static final String TABLE = "embedding.weight";

  @Override
  public String modelType() {
    return "static";
  }

  @Override
  public int maxTokens() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Geometry geometry() {
    return Geometry.of(1, 0, 1);
  }

  @Override
  public Set<Input> inputs() {
    return EnumSet.of(Input.IDS);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(TensorSpec.required(TABLE, TensorSpec.ANY, hiddenSize));
  }

  @Override
  public <T> T forward(Ops<T> ops) {
    return ops.embedding(ops.input(Input.IDS), ops.weight(TABLE));
  }
}
