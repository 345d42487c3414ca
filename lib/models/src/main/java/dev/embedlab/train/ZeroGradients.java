package dev.embedlab.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.embedlab.torchscript.Argument;
import dev.embedlab.torchscript.TorchScriptModule;
import java.util.Collection;

/** Gradients to start from: every weight has one, and it is zero. */
public final class ZeroGradients {

  private static final String SOURCE =
      """
      def clear(self: __torch__.M, g: List[Tensor]) -> Tensor:
        torch._foreach_zero_(g)
        return torch.sum(g[0])
      """;

  private ZeroGradients() {}

  /**
   * Also for weights that no loss reaches (an unused pooler), which would otherwise have none to
   * read.
   *
   * @param weights at least one, all requiring gradients
   */
  public static void set(NDManager manager, Collection<NDArray> weights) {
    giveEach(manager, weights);
    // Neither by subtraction, as what is left of a failed step may be NaN, nor by copying, which
    // would put the gradient into a Java buffer that nobody holds.
    try (NDManager scope = manager.newSubManager();
        TorchScriptModule module = TorchScriptModule.compile(scope, SOURCE);
        NDList gradients = new NDList(weights.stream().map(NDArray::getGradient).toList())) {
      module.run(scope, "clear", Argument.of(gradients));
    }
  }

  private static void giveEach(NDManager manager, Collection<NDArray> weights) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      for (NDArray weight : weights) {
        NDArray sum = weight.sum();
        sum.attach(scope);
        collector.backward(scope.zeros(sum.getShape()).mul(sum));
      }
    }
  }
}
