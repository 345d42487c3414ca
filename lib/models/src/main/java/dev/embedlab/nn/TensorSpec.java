package dev.embedlab.nn;

import java.util.List;

/**
 * A tensor that an architecture has.
 *
 * @param name without any prefix
 * @param shape lengths of the axes; {@link #ANY} where the configuration does not say
 * @param optional whether it may be missing
 */
public record TensorSpec(String name, List<Long> shape, boolean optional) {

  /** An axis of any length. */
  public static final long ANY = -1;

  public TensorSpec {
    shape = List.copyOf(shape);
  }

  static TensorSpec required(String name, long... shape) {
    return new TensorSpec(name, java.util.Arrays.stream(shape).boxed().toList(), false);
  }

  TensorSpec asOptional() {
    return new TensorSpec(name, shape, true);
  }

  /** Whether a tensor of these dimensions fits. */
  public boolean accepts(List<Long> dimensions) {
    if (dimensions.size() != shape.size()) {
      return false;
    }
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i) != ANY && !shape.get(i).equals(dimensions.get(i))) {
        return false;
      }
    }
    return true;
  }
}
