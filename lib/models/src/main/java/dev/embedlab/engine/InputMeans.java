package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean input of every linear layer over the tokens of some texts. Weights that are rounded move
 * the mean output of a layer by the same vector for every token, which no pooling averages away;
 * with the mean input it is known and its bias can take it back.
 *
 * <p>Nagel et al., Data-Free Quantization through Weight Equalization and Bias Correction (2019),
 * section 4.2.
 */
public final class InputMeans {

  private final Map<String, float[]> means;

  private InputMeans(Map<String, float[]> means) {
    this.means = means;
  }

  /** Corrects nothing. */
  public static InputMeans none() {
    return new InputMeans(Map.of());
  }

  /**
   * Runs the texts eagerly.
   *
   * @param texts a text each, without padding
   */
  public static InputMeans measure(Network network, Weights weights, List<TokenBatch> texts) {
    Map<String, Sum> sums = new HashMap<>();
    for (TokenBatch text : texts) {
      try (NDManager scratch = weights.manager().newSubManager();
          GradMode _ = GradMode.off()) {
        network.forward(new Recorder(scratch, network, weights, text, sums));
      }
    }
    Map<String, float[]> means = new HashMap<>();
    sums.forEach((layer, sum) -> means.put(layer, sum.mean()));
    return new InputMeans(means);
  }

  /**
   * @param layer prefix of a linear layer
   * @param width of its input
   * @return {@code [width]}, zeros for a layer that was not run
   */
  public float[] of(String layer, int width) {
    return means.getOrDefault(layer, new float[width]).clone();
  }

  private static final class Sum {
    private final double[] values;
    private long rows;

    Sum(int width) {
      values = new double[width];
    }

    void add(float[] sums, long count) {
      for (int i = 0; i < values.length; i++) {
        values[i] += sums[i];
      }
      rows += count;
    }

    float[] mean() {
      float[] mean = new float[values.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (values[i] / Math.max(1, rows));
      }
      return mean;
    }
  }

  /** Notes what linear layers read. */
  private static final class Recorder extends EagerOps {
    private final Map<String, Sum> sums;

    Recorder(
        NDManager manager,
        Network network,
        Weights weights,
        TokenBatch text,
        Map<String, Sum> sums) {
      super(manager, BatchArrays.create(manager, network, text), weights.arrays(), false);
      this.sums = sums;
    }

    @Override
    public NDArray linear(NDArray x, String prefix) {
      Shape shape = x.getShape();
      int width = (int) shape.get(shape.dimension() - 1);
      float[] perColumn = x.reshape(-1, width).sum(new int[] {0}).toFloatArray();
      sums.computeIfAbsent(prefix, _ -> new Sum(width)).add(perColumn, shape.size() / width);
      return super.linear(x, prefix);
    }
  }
}
