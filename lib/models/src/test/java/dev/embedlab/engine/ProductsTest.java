package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsTest {

  /** A product of an array, a weight and a bias. */
  private interface Product {
    NDArray of(NDArray x, NDArray weight, NDArray bias);
  }

  private record Arrays(NDArray x, NDArray weight, NDArray bias, NDArray wanted) {
    static Arrays random(NDManager manager, Shape shape, long out) {
      long in = shape.getLastDimension();
      NDArray x = manager.randomNormal(shape);
      NDArray weight = manager.randomNormal(new Shape(out, in));
      NDArray bias = manager.randomNormal(new Shape(out));
      List.of(x, weight, bias).forEach(a -> a.setRequiresGradient(true));
      Shape result = shape.slice(0, shape.dimension() - 1).add(out);
      return new Arrays(x, weight, bias, manager.randomNormal(result));
    }

    List<NDArray> leaves() {
      return List.of(x, weight, bias);
    }
  }

  @Test
  void convolutionGivesTheProductAndItsGradients() {
    for (Shape shape : List.of(new Shape(16, 5, 24), new Shape(8, 6, 40), new Shape(64, 32))) {
      try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
        Arrays arrays = Arrays.random(manager, shape, 48);
        List<float[]> expected = results(manager, arrays, Products::plain);
        for (int i = 0; i < 20; i++) {
          assertClose(results(manager, arrays, Products::convolved), expected);
        }
      }
    }
  }

  @Test
  void largeProductsEqualPlainOnes() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Arrays arrays = Arrays.random(manager, new Shape(32, 10, 384), 512);
      List<float[]> expected = results(manager, arrays, Products::plain);
      assertClose(results(manager, arrays, Products::linear), expected);
    }
  }

  @Test
  void leavesNothingWithTheWeight() {
    try (NDManager weights = NDManager.newBaseManager("PyTorch");
        NDManager step = NDManager.newBaseManager("PyTorch")) {
      NDArray weight = weights.randomNormal(new Shape(8, 4));
      int before = weights.getManagedArrays().size();
      NDArray x = step.randomNormal(new Shape(16, 4));
      Products.convolved(x, weight, weights.zeros(new Shape(8)));
      assertThat(weights.getManagedArrays()).hasSize(before + 1);
    }
  }

  /** Result and gradients, after a garbage collection between the two passes. */
  private static List<float[]> results(NDManager manager, Arrays arrays, Product product) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      // On the manager of the step, as what a layer reads is.
      NDArray x = arrays.x.duplicate();
      x.attach(step);
      NDArray result = product.of(x, arrays.weight, arrays.bias);
      System.gc();
      collector.backward(result.mul(arrays.wanted).sum());
      List<NDArray> gradients = arrays.leaves().stream().map(NDArray::getGradient).toList();
      List<float[]> values =
          List.of(
              result.toFloatArray(),
              gradients.get(0).toFloatArray(),
              gradients.get(1).toFloatArray(),
              gradients.get(2).toFloatArray());
      gradients.forEach(gradient -> gradient.subi(gradient));
      gradients.forEach(NDArray::close);
      return values;
    }
  }

  private static void assertClose(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      double largest = 0;
      for (float value : expected.get(i)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(actual.get(i)).containsExactly(expected.get(i), within((float) (2e-6 * largest)));
    }
  }
}
