package dev.embedlab.sampling;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Python's {@code random.Random}: the same numbers from the same whole-number seed.
 *
 * <p>Source: CPython 3, {@code Lib/random.py} and {@code Modules/_randommodule.c}.
 */
public final class PythonRandom {

  private final MersenneTwister twister;

  /**
   * @param seed its sign does not matter, as in Python
   */
  public PythonRandom(long seed) {
    long absolute = Math.abs(seed);
    int[] key =
        absolute >>> 32 == 0
            ? new int[] {(int) absolute}
            : new int[] {(int) absolute, (int) (absolute >>> 32)};
    this.twister = new MersenneTwister(key);
  }

  /** {@code random()}: a double in [0, 1). */
  public double random() {
    return twister.nextDouble();
  }

  /** {@code choices(range(n), k=k)}: with replacement. */
  public int[] choices(int n, int k) {
    requirePositive(n);
    int[] drawn = new int[k];
    Arrays.setAll(drawn, i -> (int) Math.floor(random() * n));
    return drawn;
  }

  /** {@code sample(range(n), k)}: without replacement. */
  public int[] sample(int n, int k) {
    if (k < 0 || k > n) {
      throw new IllegalArgumentException(
          "Cannot draw %d of %d without replacement.".formatted(k, n));
    }
    double setSize = 21;
    if (k > 5) {
      setSize += Math.pow(4, Math.ceil(Math.log(k * 3.0) / Math.log(4)));
    }
    return n <= setSize ? sampleFromPool(n, k) : sampleBySet(n, k);
  }

  private int[] sampleFromPool(int n, int k) {
    int[] pool = new int[n];
    Arrays.setAll(pool, i -> i);
    int[] drawn = new int[k];
    for (int i = 0; i < k; i++) {
      int j = below(n - i);
      drawn[i] = pool[j];
      pool[j] = pool[n - i - 1];
    }
    return drawn;
  }

  private int[] sampleBySet(int n, int k) {
    Set<Integer> seen = HashSet.newHashSet(k);
    int[] drawn = new int[k];
    for (int i = 0; i < k; i++) {
      int j = below(n);
      while (!seen.add(j)) {
        j = below(n);
      }
      drawn[i] = j;
    }
    return drawn;
  }

  /** {@code shuffle}. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }

  /** {@code randrange(n)}: takes as many bits as n has, again and again until they are below n. */
  private int below(int n) {
    requirePositive(n);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
    int value = twister.nextInt() >>> Integer.SIZE - bits;
    while (value >= n || value < 0) {
      value = twister.nextInt() >>> Integer.SIZE - bits;
    }
    return value;
  }

  private static void requirePositive(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("Cannot draw from %d things.".formatted(n));
    }
  }
}
