package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;

/**
 * Large matrix products that are differentiated, by the faster of libtorch's two libraries.
 *
 * <p>libtorch multiplies by MKL, which leaves AVX-512 unused on processors of other makers than
 * Intel. oneDNN uses it, but libtorch has no differentiable product by oneDNN for ordinary arrays.
 * A convolution with a window of one position is the same sum, goes to oneDNN, and so do its
 * gradients.
 */
public final class Products {

  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NONE = new Shape(0, 0);

  /** With fewer images and windows of one, libtorch asks oneDNN on several threads only. */
  private static final long IMAGES = 16;

  /** Multiplications from which on a convolution's own cost does not count. */
  private static final long LARGE = 20_000_000;

  private static final boolean CONVOLVE = Processor.isStrangeToMkl();

  private Products() {}

  /**
   * {@code x weight^T + bias}.
   *
   * @param x {@code [...][in]}
   * @param weight {@code [out][in]}
   * @param bias {@code [out]}, or null
   * @return {@code [...][out]}, on the manager of {@code x}
   */
  public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return CONVOLVE && isLarge(x, weight) ? convolved(x, weight, bias) : plain(x, weight, bias);
  }

  private static boolean isLarge(NDArray x, NDArray weight) {
    return x.getShape().size() * weight.getShape().get(0) >= LARGE;
  }

  static NDArray plain(NDArray x, NDArray weight, NDArray bias) {
    Shape shape = x.getShape();
    if (shape.dimension() == 2) {
      return Linear.linear(x, weight, bias).singletonOrThrow();
    }
    // libtorch adds the bias within the product for matrices only.
    NDArray rows = x.reshape(-1, shape.getLastDimension());
    return Linear.linear(rows, weight, bias).singletonOrThrow().reshape(result(shape, weight));
  }

  /** Rows are the pixels of images whose channels lie side by side, so nothing is moved. */
  static NDArray convolved(NDArray x, NDArray weight, NDArray bias) {
    Shape shape = x.getShape();
    long in = shape.getLastDimension();
    long rows = shape.size() / in;
    long count = rows % IMAGES == 0 ? IMAGES : 1;
    NDArray images = x.reshape(count, 1, rows / count, in).transpose(0, 3, 1, 2);
    NDArray windows = weight.reshape(weight.getShape().get(0), in, 1, 1);
    // A view belongs to the manager of its weight, which outlives the step.
    windows.attach(x.getManager());
    return Conv2d.conv2d(images, windows, bias, ONE, NONE, ONE, 1)
        .singletonOrThrow()
        .transpose(0, 2, 3, 1)
        .reshape(result(shape, weight));
  }

  private static Shape result(Shape x, NDArray weight) {
    return x.slice(0, x.dimension() - 1).add(weight.getShape().get(0));
  }
}
