package dev.embedlab.nn;

import java.util.ArrayList;
import java.util.List;

/** Collects the tensors of an architecture layer by layer. */
final class TensorSpecs {

  private final List<TensorSpec> specs = new ArrayList<>();

  TensorSpecs table(String name, long rows, long columns) {
    specs.add(TensorSpec.required(name, rows, columns));
    return this;
  }

  TensorSpecs linear(String prefix, long out, long in, boolean bias) {
    specs.add(TensorSpec.required(prefix + ".weight", out, in));
    if (bias) {
      specs.add(TensorSpec.required(prefix + ".bias", out));
    }
    return this;
  }

  TensorSpecs optionalLinear(String prefix, long out, long in) {
    specs.add(TensorSpec.required(prefix + ".weight", out, in).asOptional());
    specs.add(TensorSpec.required(prefix + ".bias", out).asOptional());
    return this;
  }

  TensorSpecs norm(String prefix, long size, boolean bias) {
    specs.add(TensorSpec.required(prefix + ".weight", size));
    if (bias) {
      specs.add(TensorSpec.required(prefix + ".bias", size));
    }
    return this;
  }

  List<TensorSpec> build() {
    return List.copyOf(specs);
  }
}
