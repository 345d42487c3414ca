package dev.embedlab.word2vec;

/** SplitMix64 (Steele, Lea, Flood 2014): a few operations per number, any seed is a good one. */
final class FastRandom {

  private long state;

  FastRandom(long seed) {
    state = seed;
  }

  /** The next {@code bits} random bits, 1 to 31. */
  int bits(int bits) {
    return (int) (next() >>> (64 - bits));
  }

  /** Uniform in [0, bound). */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** Uniform in [0, 1). */
  float unit() {
    return (next() >>> 40) * 0x1p-24f;
  }

  long next() {
    long z = state += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
