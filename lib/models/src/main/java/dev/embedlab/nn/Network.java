package dev.embedlab.nn;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine runs: an encoder alone, or with the head that makes it a classifier.
 *
 * @param backbone gives token vectors
 * @param head gives logits, for cross-encoders
 */
public record Network(Backbone backbone, Optional<ClassificationHead> head) {

  /** Everything {@link #forward} asks its {@link Ops} for. */
  public Set<Input> inputs() {
    Set<Input> inputs = EnumSet.copyOf(backbone.inputs());
    head.ifPresent(h -> inputs.addAll(h.inputs()));
    return inputs;
  }

  /** All tensors, without prefix. */
  public List<TensorSpec> tensors() {
    List<TensorSpec> all = new ArrayList<>();
    boolean needsPooler = head.isPresent() && backbone.modelType().equals("bert");
    for (TensorSpec spec : backbone.tensors()) {
      all.add(
          needsPooler && spec.optional() ? new TensorSpec(spec.name(), spec.shape(), false) : spec);
    }
    head.ifPresent(h -> all.addAll(h.tensors()));
    return all;
  }

  /**
   * @return token vectors {@code [batch][tokens][hidden]}, or logits {@code [batch][labels]}
   */
  public <T> T forward(Ops<T> ops) {
    T tokens = backbone.forward(ops);
    return head.isPresent() ? head.get().forward(ops, tokens) : tokens;
  }
}
