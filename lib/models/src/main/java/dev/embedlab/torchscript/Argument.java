package dev.embedlab.torchscript;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** A value passed to a TorchScript method. */
public sealed interface Argument {

  /** A {@code Tensor}. */
  record Tensor(NDArray array) implements Argument {}

  /** A {@code List[Tensor]}; libtorch knows no empty one without a type, so at least one. */
  record Tensors(List<NDArray> arrays) implements Argument {
    public Tensors {
      arrays = List.copyOf(arrays);
      if (arrays.isEmpty()) {
        throw new IllegalArgumentException("A List[Tensor] argument needs at least one tensor.");
      }
    }
  }

  /** An {@code int}; only in calls without gradients. */
  record Int(long value) implements Argument {}

  /** A {@code float}; only in calls without gradients. */
  record Float(double value) implements Argument {}

  /** A {@code List[int]}; only in calls without gradients. */
  record Ints(long... values) implements Argument {}

  static Argument of(NDArray array) {
    return new Tensor(array);
  }

  static Argument of(List<NDArray> arrays) {
    return new Tensors(arrays);
  }

  static Argument of(long value) {
    return new Int(value);
  }

  static Argument of(double value) {
    return new Float(value);
  }
}
