package dev.embedlab.vector;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Hamming distances of one query to a block of vectors. */
final class BitKernel {

  private static final boolean VECTORS = Kernel.best() instanceof VectorApiKernel;

  private BitKernel() {}

  /**
   * @param block {@code [words][length]}, length a multiple of 64
   * @param query {@code [words]}
   * @param distances {@code [length]}, filled
   */
  static void distances(long[] block, int length, long[] query, long[] distances) {
    if (VECTORS) {
      OnVectors.distances(block, length, query, distances);
    } else {
      java.util.Arrays.fill(distances, 0, length, 0);
      for (int w = 0; w < query.length; w++) {
        for (int i = 0; i < length; i++) {
          distances[i] += Long.bitCount(block[w * length + i] ^ query[w]);
        }
      }
    }
  }

  /** Loaded only where the Vector API is. */
  private static final class OnVectors {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private OnVectors() {}

    static void distances(long[] block, int length, long[] query, long[] distances) {
      for (int i = 0; i < length; i += 2 * LANES) {
        LongVector a = LongVector.zero(SPECIES);
        LongVector b = a;
        for (int w = 0; w < query.length; w++) {
          int at = w * length + i;
          LongVector x = LongVector.broadcast(SPECIES, query[w]);
          a = a.add(count(x, block, at));
          b = b.add(count(x, block, at + LANES));
        }
        a.intoArray(distances, i);
        b.intoArray(distances, i + LANES);
      }
    }

    private static LongVector count(LongVector query, long[] block, int at) {
      return LongVector.fromArray(SPECIES, block, at)
          .lanewise(VectorOperators.XOR, query)
          .lanewise(VectorOperators.BIT_COUNT);
    }
  }
}
