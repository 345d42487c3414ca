package dev.embedlab.sampling;

/** NumPy's {@code SeedSequence} for one 32-bit seed: hashes it into as many words as wanted. */
final class SeedSequence {

  private static final int POOL = 4;

  private final int[] pool = new int[POOL];
  private int hash = 0x43b0d7e5;

  SeedSequence(int seed) {
    for (int i = 0; i < POOL; i++) {
      pool[i] = hashed(i == 0 ? seed : 0);
    }
    for (int from = 0; from < POOL; from++) {
      for (int to = 0; to < POOL; to++) {
        if (from != to) {
          pool[to] = mixed(pool[to], hashed(pool[from]));
        }
      }
    }
  }

  private int hashed(int value) {
    int mixed = value ^ hash;
    hash *= 0x931e8875;
    mixed *= hash;
    return mixed ^ mixed >>> 16;
  }

  private static int mixed(int x, int y) {
    int result = 0xca01f9dd * x - 0x4973f715 * y;
    return result ^ result >>> 16;
  }

  /** 64-bit words, the lower half of each made first. */
  long[] words(int count) {
    int constant = 0x8b51f9dd;
    long[] words = new long[count];
    for (int i = 0; i < 2 * count; i++) {
      int value = pool[i % POOL] ^ constant;
      constant *= 0x58f38ded;
      value *= constant;
      value ^= value >>> 16;
      words[i / 2] |= (value & 0xffffffffL) << 32 * (i % 2);
    }
    return words;
  }
}
