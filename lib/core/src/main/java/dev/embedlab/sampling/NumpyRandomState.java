package dev.embedlab.sampling;

/**
 * NumPy's legacy {@code numpy.random.RandomState}: the same numbers from the same seed.
 *
 * <p>Source: NumPy, {@code mtrand.pyx} and {@code distributions.c}; its stream is frozen (NEP 19).
 */
public final class NumpyRandomState {

  private final MersenneTwister twister;

  /**
   * @param seed from 0 to 2^32 - 1
   */
  public NumpyRandomState(long seed) {
    if (seed < 0 || seed > 0xffffffffL) {
      throw new IllegalArgumentException(
          "The seed must be between 0 and 2^32 - 1, but is %d.".formatted(seed));
    }
    this.twister = new MersenneTwister((int) seed);
  }

  /** {@code shuffle}: from the end, each place swapped with one at or before it. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i);
      int held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  /** {@code permutation(n)}. */
  public int[] permutation(int n) {
    int[] values = new int[n];
    java.util.Arrays.setAll(values, i -> i);
    shuffle(values);
    return values;
  }

  /** {@code randint(0, n, size)}. */
  public int[] randint(int n, int size) {
    int[] values = new int[size];
    java.util.Arrays.setAll(values, i -> below(n - 1));
    return values;
  }

  /** {@code random_sample()}: a double in [0, 1). */
  public double randomSample() {
    return twister.nextDouble();
  }

  /** {@code choice(n, size, replace=True, p=uniform)}. */
  public int[] choice(int n, int size) {
    int[] values = new int[size];
    java.util.Arrays.setAll(values, i -> Math.min((int) (randomSample() * n), n - 1));
    return values;
  }

  /** A whole number from 0 to {@code most} by rejecting masked bits. */
  private int below(int most) {
    if (most == 0) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(most);
    int value = twister.nextInt() & mask;
    while (value > most) {
      value = twister.nextInt() & mask;
    }
    return value;
  }
}
