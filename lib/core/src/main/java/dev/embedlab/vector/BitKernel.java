package dev.embedlab.vector;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
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

  /** The first index from {@code from} on at most {@code farthest} away; {@code to} if none is. */
  static int next(long[] distances, int from, int to, long farthest) {
    int i = VECTORS ? OnVectors.next(distances, from, to, farthest) : from;
    while (i < to && distances[i] > farthest) {
      i++;
    }
    return i;
  }

  /** Loaded only where the Vector API is. */
  private static final class OnVectors {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private OnVectors() {}

    /** Four sums at a time share the broadcast of a query word. */
    static void distances(long[] block, int length, long[] query, long[] distances) {
      for (int i = 0; i < length; i += 4 * LANES) {
        LongVector a = LongVector.zero(SPECIES), b = a, c = a, d = a;
        for (int w = 0; w < query.length; w++) {
          int at = w * length + i;
          LongVector x = LongVector.broadcast(SPECIES, query[w]);
          a = a.add(count(x, block, at));
          b = b.add(count(x, block, at + LANES));
          c = c.add(count(x, block, at + 2 * LANES));
          d = d.add(count(x, block, at + 3 * LANES));
        }
        a.intoArray(distances, i);
        b.intoArray(distances, i + LANES);
        c.intoArray(distances, i + 2 * LANES);
        d.intoArray(distances, i + 3 * LANES);
      }
    }

    /** Skips whole vectors of distances that are too far. */
    static int next(long[] distances, int from, int to, long farthest) {
      int i = from;
      for (; i + LANES <= to; i += LANES) {
        VectorMask<Long> near =
            LongVector.fromArray(SPECIES, distances, i).compare(VectorOperators.LE, farthest);
        if (near.anyTrue()) {
          return i + near.firstTrue();
        }
      }
      return i;
    }

    private static LongVector count(LongVector query, long[] block, int at) {
      return LongVector.fromArray(SPECIES, block, at)
          .lanewise(VectorOperators.XOR, query)
          .lanewise(VectorOperators.BIT_COUNT);
    }
  }
}
