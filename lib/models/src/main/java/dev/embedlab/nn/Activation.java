package dev.embedlab.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Activation functions by the names that checkpoints use. */
public enum Activation {
  /** Exact, by the error function. */
  GELU("gelu", "gelu_python", "GELU"),
  /** The tanh approximation, also called {@code gelu_new}. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_python_tanh", "gelu_accurate"),
  /** GELU kept between -10 and 10. */
  GELU_10("gelu_10"),
  /** {@code x sigmoid(1.702 x)}. */
  GELU_QUICK("quick_gelu"),
  RELU("relu", "ReLU"),
  SILU("silu", "swish", "SiLU"),
  TANH("tanh", "Tanh"),
  SIGMOID("sigmoid", "Sigmoid"),
  LEAKY_RELU("leaky_relu", "LeakyReLU"),
  /** With its usual slope of 1, CELU is the same function. */
  ELU("elu", "CELU", "ELU"),
  SELU("selu", "SELU"),
  MISH("mish", "Mish"),
  RELU6("relu6", "ReLU6"),
  HARD_TANH("hardtanh", "Hardtanh"),
  HARD_SIGMOID("hardsigmoid", "Hardsigmoid"),
  HARD_SWISH("hardswish", "Hardswish"),
  SOFTSIGN("softsign", "Softsign"),
  TANH_SHRINK("tanhshrink", "Tanhshrink"),
  LOG_SIGMOID("logsigmoid", "LogSigmoid"),
  /** Over the last axis. */
  SOFTMAX("softmax", "Softmax"),
  SOFTPLUS("softplus", "Softplus"),
  IDENTITY("linear", "identity", "Identity");

  private final String[] names;

  Activation(String... names) {
    this.names = names;
  }

  /**
   * @param name as in {@code config.json} ({@code gelu}) or as a Python class ({@code
   *     torch.nn.modules.activation.Tanh})
   */
  public static Optional<Activation> named(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(a -> Arrays.stream(a.names).anyMatch(simple::equals))
        .findFirst();
  }

  /** The Python class that sentence-transformers writes for this function. */
  public String torchClass() {
    return switch (this) {
      case IDENTITY -> "torch.nn.modules.linear.Identity";
      case GELU_TANH, GELU_QUICK, GELU_10 ->
          throw new IllegalStateException("PyTorch has no class for approximations of GELU.");
      default -> "torch.nn.modules.activation." + names[names.length - 1];
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
