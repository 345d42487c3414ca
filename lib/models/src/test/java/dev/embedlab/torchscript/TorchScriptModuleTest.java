package dev.embedlab.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchScriptModuleTest {

  private static final String SOURCE =
      """
      def twice(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.mul(x, 2)
      def weighted(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
        return torch.sum(torch.add(torch.mul(x, w[0]), w[1]))
      def scale(self: __torch__.M, x: Tensor, by: float, shape: List[int]) -> List[Tensor]:
        return [torch.mul(x, by), torch.view(x, shape)]
      """;

  @Test
  void runsAMethodWithoutGradients() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        TorchScriptModule module = TorchScriptModule.compile(manager, SOURCE)) {
      NDArray x = manager.create(new float[] {1, -2, 3});
      NDArray y = module.run(manager, "twice", Argument.of(x)).singletonOrThrow();
      assertThat(y.toFloatArray()).containsExactly(2, -4, 6);
      NDList both =
          module.run(manager, "scale", Argument.of(x), Argument.of(0.5), new Argument.Ints(3, 1));
      assertThat(both.get(0).toFloatArray()).containsExactly(0.5f, -1f, 1.5f);
      assertThat(both.get(1).getShape()).isEqualTo(new Shape(3, 1));
    }
  }

  @Test
  void differentiatesWithRespectToAListOfWeights() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        TorchScriptModule module = TorchScriptModule.compile(manager, SOURCE)) {
      NDArray x = manager.create(new float[] {1, -2, 3});
      NDArray w = manager.create(new float[] {4, 5, 6});
      NDArray b = manager.create(new float[] {7, 8, 9});
      w.setName("encoder.weight");
      w.setRequiresGradient(true);
      b.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
          NDManager step = manager.newSubManager()) {
        NDArray loss =
            module
                .runDifferentiable(step, "weighted", Argument.of(x), Argument.of(List.of(w, b)))
                .singletonOrThrow();
        assertThat(loss.getFloat()).isCloseTo(4 - 10 + 18 + 24, within(1e-6f));
        assertThat(loss.getManager()).isSameAs(step);
        collector.backward(loss);
      }
      assertThat(w.getGradient().toFloatArray()).containsExactly(1, -2, 3);
      assertThat(b.getGradient().toFloatArray()).containsExactly(1, 1, 1);
      assertThat(w.getName()).isEqualTo("encoder.weight");
    }
  }

  @Test
  void rejectsSourceThatLibtorchCannotParse() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      assertThatThrownBy(
              () ->
                  TorchScriptModule.compile(
                      manager,
                      """
                      def forward(self: __torch__.M, x: Tensor) -> Tensor:
                        return torch.no_such_operator(x)
                      """))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no_such_operator");
    }
  }

  @Test
  void saysWhatMayNotBePassedToADifferentiableCall() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        TorchScriptModule module = TorchScriptModule.compile(manager, SOURCE)) {
      NDArray x = manager.create(1f);
      assertThatThrownBy(
              () ->
                  module.runDifferentiable(
                      manager, "scale", Argument.of(x), Argument.of(0.5), new Argument.Ints(1)))
          .hasMessage("Argument 1 of 'scale' is a number; differentiable calls take tensors only.");
    }
  }
}
