package dev.embedlab.sampling;

/**
 * NumPy's {@code numpy.random.default_rng(seed)}: PCG64 (XSL-RR) seeded through a {@code
 * SeedSequence}; as much of it as shuffling a list needs.
 *
 * <p>Source: O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms
 * for random number generation", 2014; NumPy, {@code bit_generator.pyx} and {@code pcg64.c}.
 */
public final class NumpyGenerator {

  private static final long MULTIPLIER_HIGH = 2549297995355413924L;
  private static final long MULTIPLIER_LOW = 4865540595714422341L;

  private final long incrementHigh;
  private final long incrementLow;
  private long high;
  private long low;
  private long buffered;
  private boolean hasBuffered;

  /**
   * @param seed from 0 to 2^32 - 1
   */
  public NumpyGenerator(long seed) {
    if (seed < 0 || seed > 0xffffffffL) {
      throw new IllegalArgumentException(
          "The seed must be between 0 and 2^32 - 1, but is %d.".formatted(seed));
    }
    long[] words = new SeedSequence((int) seed).words(4);
    incrementHigh = words[2] << 1 | words[3] >>> 63;
    incrementLow = words[3] << 1 | 1;
    step();
    add(words[0], words[1]);
    step();
  }

  private void step() {
    long productHigh =
        Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW)
            + high * MULTIPLIER_LOW
            + low * MULTIPLIER_HIGH;
    low *= MULTIPLIER_LOW;
    high = productHigh;
    add(incrementHigh, incrementLow);
  }

  private void add(long otherHigh, long otherLow) {
    long sum = low + otherLow;
    high += otherHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  private long nextLong() {
    step();
    return Long.rotateRight(high ^ low, (int) (high >>> 58));
  }

  private long nextUnsignedInt() {
    if (hasBuffered) {
      hasBuffered = false;
      return buffered;
    }
    long bits = nextLong();
    hasBuffered = true;
    buffered = bits >>> 32;
    return bits & 0xffffffffL;
  }

  /** {@code shuffle} of a list: from the end, each place swapped with one at or before it. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i);
      int held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  /** A whole number from 0 to {@code most} by rejecting masked bits. */
  private int below(int most) {
    long mask = -1 >>> Integer.numberOfLeadingZeros(most);
    long value = nextUnsignedInt() & mask;
    while (value > most) {
      value = nextUnsignedInt() & mask;
    }
    return (int) value;
  }
}
