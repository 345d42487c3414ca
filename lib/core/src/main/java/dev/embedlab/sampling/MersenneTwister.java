package dev.embedlab.sampling;

/**
 * The generator MT19937 behind NumPy's legacy {@code RandomState} and Python's {@code random}.
 *
 * <p>Source: Matsumoto and Nishimura, "Mersenne twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator", 1998, with the seeding of 2002.
 */
final class MersenneTwister {

  private static final int N = 624;
  private static final int M = 397;
  private static final int MATRIX = 0x9908b0df;

  private final int[] state = new int[N];
  private int index = N;

  /** Seeded by one 32-bit number, as NumPy's legacy generator. */
  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** Seeded by several 32-bit numbers, as Python's generator. */
  MersenneTwister(int[] key) {
    this(19650218);
    int i = 1;
    int j = 0;
    for (int k = Math.max(N, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + key[j] + j;
      i = next(i);
      j = (j + 1) % key.length;
    }
    for (int k = N - 1; k > 0; k--) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
      i = next(i);
    }
    state[0] = 0x80000000;
  }

  private int next(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  /** The next 32 random bits. */
  int nextInt() {
    if (index == N) {
      refill();
    }
    int y = state[index++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void refill() {
    for (int i = 0; i < N; i++) {
      int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
      state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : MATRIX);
    }
    index = 0;
  }

  /** A double in [0, 1) of 53 random bits. */
  double nextDouble() {
    long high = nextInt() >>> 5;
    long low = nextInt() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }
}
