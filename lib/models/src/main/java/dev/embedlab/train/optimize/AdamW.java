package dev.embedlab.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.torchscript.Argument;
import dev.embedlab.torchscript.TorchScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay, all weights of a group in one fused call of libtorch.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019); the update is
 * that of {@code torch.optim.AdamW(fused=True)}.
 */
public final class AdamW implements AutoCloseable {

  private static final String SOURCE =
      """
      def update(self: __torch__.M, w: List[Tensor], g: List[Tensor], m: List[Tensor], \
      v: List[Tensor], t: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, \
      eps: float) -> Tensor:
        torch._foreach_add_(t, 1)
        torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), t, lr=lr, beta1=beta1, \
      beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
        return t[0]
      def clear(self: __torch__.M, g: List[Tensor]) -> Tensor:
        torch._foreach_zero_(g)
        return torch.select(torch.view(g[0], [-1]), 0, 0)
      def clip(self: __torch__.M, g: List[Tensor], limit: float) -> Tensor:
        norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
        factor = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, 9.9999999999999995e-07)), \
      limit), None, 1.)
        torch._foreach_mul_(g, factor)
        return norm
      """;

  /**
   * Weights that share settings.
   *
   * @param weights arrays that require gradients
   * @param weightDecay 0 for none, usually 0.01
   * @param learningRateFactor on the rate given to {@link #step}
   */
  public record Group(List<NDArray> weights, double weightDecay, double learningRateFactor) {
    public Group {
      weights = List.copyOf(weights);
    }
  }

  /** Exponential decay of the first and second moment, and the number that keeps roots apart. */
  public record Settings(double beta1, double beta2, double epsilon) {
    public Settings() {
      this(0.9, 0.999, 1e-8);
    }
  }

  private final List<Group> groups;
  private final Settings settings;
  private final NDManager manager;
  private final TorchScriptModule module;
  private final List<State> states = new ArrayList<>();

  /** Moments and step counters of one group, in the order of its weights. */
  private record State(List<NDArray> first, List<NDArray> second, List<NDArray> steps) {}

  public AdamW(NDManager parent, List<Group> groups, Settings settings) {
    this.groups = groups.stream().filter(group -> !group.weights().isEmpty()).toList();
    this.settings = settings;
    this.manager = parent.newSubManager();
    this.module = TorchScriptModule.compile(manager, SOURCE);
    for (Group group : this.groups) {
      states.add(
          new State(
              group.weights().stream().map(w -> manager.zeros(w.getShape())).toList(),
              group.weights().stream().map(w -> manager.zeros(w.getShape())).toList(),
              group.weights().stream().map(w -> manager.zeros(new Shape())).toList()));
    }
  }

  /**
   * Updates every weight by the gradient it holds.
   *
   * @param learningRate before the factor of each group
   */
  public void step(double learningRate) {
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      State state = states.get(i);
      try (NDList gradients = gradients(group.weights())) {
        call(
            "update",
            Argument.of(group.weights()),
            Argument.of(gradients),
            Argument.of(state.first()),
            Argument.of(state.second()),
            Argument.of(state.steps()),
            Argument.of(learningRate * group.learningRateFactor()),
            Argument.of(settings.beta1()),
            Argument.of(settings.beta2()),
            Argument.of(group.weightDecay()),
            Argument.of(settings.epsilon()));
      }
    }
  }

  /** Sets all gradients to zero; they add up over backward passes until then. */
  public void zeroGradients() {
    try (NDList gradients = gradients(allWeights())) {
      call("clear", Argument.of(gradients));
    }
  }

  /**
   * Scales all gradients so that their common norm is at most {@code limit}.
   *
   * @return the norm before
   */
  public float clipGradients(double limit) {
    try (NDList gradients = gradients(allWeights())) {
      return call("clip", Argument.of(gradients), Argument.of(limit));
    }
  }

  /** Moments and step counters by name, in a fixed order; set their values to resume a run. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      for (int j = 0; j < state.steps().size(); j++) {
        String name = "adam.%d.%d.".formatted(i, j);
        all.put(name + "first", state.first().get(j));
        all.put(name + "second", state.second().get(j));
        all.put(name + "steps", state.steps().get(j));
      }
    }
    return all;
  }

  private float call(String method, Argument... arguments) {
    try (NDManager scope = manager.newSubManager()) {
      return module.run(scope, method, arguments).singletonOrThrow().getFloat();
    }
  }

  private List<NDArray> allWeights() {
    return groups.stream().flatMap(group -> group.weights().stream()).toList();
  }

  private static NDList gradients(List<NDArray> weights) {
    NDList gradients = new NDList(weights.size());
    weights.forEach(weight -> gradients.add(weight.getGradient()));
    return gradients;
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
