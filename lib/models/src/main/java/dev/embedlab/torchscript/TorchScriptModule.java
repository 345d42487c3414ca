package dev.embedlab.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TorchScript program without parameters of its own: weights are passed in with every call, so
 * they stay DJL arrays that an optimizer can update.
 *
 * <pre>{@code
 * try (var module = TorchScriptModule.compile(manager, """
 *     def forward(self: __torch__.M, x: Tensor) -> Tensor:
 *       return torch.gelu(x)
 *     """)) {
 *   NDArray y = module.run(manager, "forward", Argument.of(x)).singletonOrThrow();
 * }
 * }</pre>
 *
 * <p>The text is what libtorch itself writes into its files: operators are called as functions
 * ({@code torch.add(a, b)}, not {@code a + b}), every method names the type of its parameters, and
 * the first parameter is {@code self: __torch__.M}.
 */
public final class TorchScriptModule implements AutoCloseable {

  private final PtSymbolBlock block;

  private TorchScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * @param manager owns the program; must be one of DJL's PyTorch engine
   * @param methods TorchScript source of one or more methods
   * @throws IllegalArgumentException if libtorch rejects the source
   */
  public static TorchScriptModule compile(NDManager manager, String methods) {
    byte[] archive = TorchScriptArchive.write(methods);
    try (ByteArrayInputStream in = new ByteArrayInputStream(archive)) {
      return new TorchScriptModule(JniUtils.loadModule((PtNDManager) manager, in, false, false));
    } catch (ai.djl.engine.EngineException e) {
      throw new IllegalArgumentException("libtorch rejects this source: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls a method without recording gradients.
   *
   * @param results the manager that the returned arrays attach to
   * @return the tensor, or the tensors of a list or tuple, that the method returns
   */
  public NDList run(NDManager results, String method, Argument... arguments) {
    IValue[] values = new IValue[arguments.length];
    try {
      Arrays.setAll(values, i -> toIValue(arguments[i]));
      try (IValue result = IValueUtils.runMethod(block, method, values)) {
        return result.toNDList((PtNDManager) results);
      }
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  /**
   * Calls a method so that a {@link ai.djl.training.GradientCollector} can differentiate it with
   * respect to the arrays passed in.
   *
   * @param results the manager that the returned arrays attach to
   * @param arguments tensors and lists of tensors only; numbers belong into the source
   */
  public NDList runDifferentiable(NDManager results, String method, Argument... arguments) {
    try (NDArray marker = results.create(0f);
        NamedInputs inputs = new NamedInputs()) {
      inputs.add(marker, "module_method:" + method);
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case Argument.Tensor tensor -> inputs.add(tensor.array(), null);
          case Argument.Tensors tensors -> inputs.addAll(tensors.arrays(), "list" + i + "[]");
          default ->
              throw new IllegalArgumentException(
                  "Argument %d of '%s' is a number; differentiable calls take tensors only."
                      .formatted(i, method));
        }
      }
      return IValueUtils.forward(block, inputs.list(), true);
    }
  }

  /** The DJL block; its life ends with this object. */
  public PtSymbolBlock block() {
    return block;
  }

  @Override
  public void close() {
    block.close();
  }

  private static IValue toIValue(Argument argument) {
    return switch (argument) {
      case Argument.Tensor(NDArray array) -> IValue.from((PtNDArray) array);
      case Argument.Tensors(List<NDArray> arrays) ->
          IValue.listFrom(arrays.toArray(PtNDArray[]::new));
      case Argument.Int(long value) -> IValue.from(value);
      case Argument.Float(double value) -> IValue.from(value);
      case Argument.Ints(long[] values) -> IValue.listFrom(values);
    };
  }

  /** DJL reads the role of an input from its name: sets names for one call, then puts them back. */
  private static final class NamedInputs implements AutoCloseable {
    private final NDList list = new NDList();
    private final List<String> earlierNames = new ArrayList<>();

    void add(NDArray array, String name) {
      if (list.stream().anyMatch(other -> other == array)) {
        throw new IllegalArgumentException(
            "The same array is passed twice; pass it once and use it twice in the source.");
      }
      earlierNames.add(array.getName());
      array.setName(name);
      list.add(array);
    }

    void addAll(List<NDArray> arrays, String name) {
      arrays.forEach(array -> add(array, name));
    }

    NDList list() {
      return list;
    }

    @Override
    public void close() {
      for (int i = 0; i < list.size(); i++) {
        list.get(i).setName(earlierNames.get(i));
      }
    }
  }
}
