package dev.embedlab.vector;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Hamming distances of one query to a block of vectors. */
final class BitKernel {

  private static final boolean VECTORS = Kernel.best() instanceof VectorApiKernel;

  /** Vectors looked at together; divides 64. */
  static final int STRETCH = VECTORS ? OnVectors.STRETCH : 32;

  private BitKernel() {}

  /**
   * The first stretch, from {@code from} on, with a vector less than {@code limit} away. Comparing
   * while the distances are still in registers saves writing out those of all others.
   *
   * @param block {@code [words][length]}, length a multiple of 64
   * @param from a multiple of {@link #STRETCH}
   * @param query {@code [words]}
   * @param excess {@code [STRETCH]}, receives the distances of that stretch less the limit
   * @return where the stretch begins; {@code length} if there is none
   */
  static int near(long[] block, int length, int from, long[] query, long limit, long[] excess) {
    return VECTORS
        ? OnVectors.near(block, length, from, query, limit, excess)
        : scalar(block, length, from, query, limit, excess);
  }

  /** As {@link #near}, for a JVM without the Vector API. */
  static int scalar(long[] block, int length, int from, long[] query, long limit, long[] excess) {
    int stretch = excess.length;
    for (int i = from; i < length; i += stretch) {
      java.util.Arrays.fill(excess, -limit);
      for (int w = 0; w < query.length; w++) {
        for (int j = 0; j < stretch; j++) {
          excess[j] += Long.bitCount(block[w * length + i + j] ^ query[w]);
        }
      }
      for (long value : excess) {
        if (value < 0) {
          return i;
        }
      }
    }
    return length;
  }

  /** Loaded only where the Vector API is. */
  private static final class OnVectors {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int STRETCH = 4 * LANES;

    private OnVectors() {}

    /** Four sums at a time share the broadcast of a query word; below the limit, they are < 0. */
    static int near(long[] block, int length, int from, long[] query, long limit, long[] excess) {
      for (int i = from; i < length; i += STRETCH) {
        LongVector a = LongVector.broadcast(SPECIES, -limit), b = a, c = a, d = a;
        for (int w = 0; w < query.length; w++) {
          int at = w * length + i;
          LongVector x = LongVector.broadcast(SPECIES, query[w]);
          a = a.add(count(x, block, at));
          b = b.add(count(x, block, at + LANES));
          c = c.add(count(x, block, at + 2 * LANES));
          d = d.add(count(x, block, at + 3 * LANES));
        }
        if (a.or(b).or(c).or(d).compare(VectorOperators.LT, 0).anyTrue()) {
          a.intoArray(excess, 0);
          b.intoArray(excess, LANES);
          c.intoArray(excess, 2 * LANES);
          d.intoArray(excess, 3 * LANES);
          return i;
        }
      }
      return length;
    }

    private static LongVector count(LongVector query, long[] block, int at) {
      return LongVector.fromArray(SPECIES, block, at)
          .lanewise(VectorOperators.XOR, query)
          .lanewise(VectorOperators.BIT_COUNT);
    }
  }
}
