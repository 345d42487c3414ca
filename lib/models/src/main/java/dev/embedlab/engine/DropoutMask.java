package dev.embedlab.engine;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What dropout multiplies by: 0 with some probability, else what keeps the mean.
 *
 * <p>libtorch draws these numbers one after the other, on one thread, wherever MKL's generators are
 * not used; that took an eighth of a training step. Here a number is a hash of its position and of
 * a seed, so whole vectors are drawn at once, and their width does not matter to the result.
 *
 * <p>Source of the hash: Wellons, "Prospecting for Hash Functions" (2018), {@code lowbias32}.
 */
final class DropoutMask {

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = INTS.length();

  /** The golden ratio in 32 bits; neighbours land far apart. */
  private static final int STRIDE = 0x9E3779B9;

  private DropoutMask() {}

  /**
   * A mask whose seed comes from libtorch's own generator, so seeding that repeats it.
   *
   * @param probability of 0, at least 0 and below 1
   */
  static NDArray create(NDManager manager, Shape shape, double probability) {
    NDArray mask = manager.create(shape, DataType.FLOAT32);
    fill(MemorySegment.ofBuffer(mask.toByteBuffer(true)), probability, seed(manager));
    return mask;
  }

  private static long seed(NDManager manager) {
    try (NDArray drawn =
        manager.randomInteger(0, Integer.MAX_VALUE, new Shape(2), DataType.INT64)) {
      long[] parts = drawn.toLongArray();
      return parts[0] << 32 | parts[1];
    }
  }

  /**
   * @param mask floats, as many as fit
   */
  static void fill(MemorySegment mask, double probability, long seed) {
    int dropBelow = (int) (Integer.MIN_VALUE + Math.round(probability * 0x1p32));
    float kept = (float) (1 / (1 - probability));
    long mixed = mixed(seed);
    int first = (int) mixed;
    int second = (int) (mixed >>> 32);
    long n = mask.byteSize() / Float.BYTES;
    long i = 0;
    IntVector positions = IntVector.zero(INTS).addIndex(1).mul(STRIDE).add(first);
    FloatVector scale = FloatVector.broadcast(FLOATS, kept);
    for (; i <= n - LANES; i += LANES) {
      var keep = hash(positions, second).lt(dropBelow).not().cast(FLOATS);
      FloatVector.zero(FLOATS)
          .blend(scale, keep)
          .intoMemorySegment(mask, i * Float.BYTES, ByteOrder.nativeOrder());
      positions = positions.add(STRIDE * LANES);
    }
    for (; i < n; i++) {
      boolean drop = hash((int) i * STRIDE + first, second) < dropBelow;
      mask.setAtIndex(ValueLayout.JAVA_FLOAT, i, drop ? 0 : kept);
    }
  }

  /**
   * Near seeds must not give near halves: of these, the hash makes masks that depend on each other.
   */
  private static long mixed(long seed) {
    return new SplittableRandom(seed).nextLong();
  }

  private static IntVector hash(IntVector x, int salt) {
    IntVector y = x.lanewise(XOR, x.lanewise(LSHR, 16)).mul(0x7feb352d).add(salt);
    y = y.lanewise(XOR, y.lanewise(LSHR, 15)).mul(0x846ca68b);
    return y.lanewise(XOR, y.lanewise(LSHR, 16));
  }

  private static int hash(int x, int salt) {
    int y = (x ^ x >>> 16) * 0x7feb352d + salt;
    y = (y ^ y >>> 15) * 0x846ca68b;
    return y ^ y >>> 16;
  }
}
