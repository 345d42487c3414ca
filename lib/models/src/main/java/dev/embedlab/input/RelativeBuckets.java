package dev.embedlab.input;

/**
 * Buckets of relative distances: near ones have their own, far ones share logarithmically larger
 * ones, forward and backward apart. As in MPNet, after Raffel et al., T5 (2020): 32 buckets, all
 * distances from 128 on in the last.
 */
final class RelativeBuckets {

  private static final int HALF = 16;
  private static final int EXACT = 8;
  private static final int FARTHEST = 128;

  private RelativeBuckets() {}

  /** Bucket of key position minus query position, {@code [tokens * tokens]} by query. */
  static long[] table(int tokens) {
    long[] table = new long[Math.multiplyExact(tokens, tokens)];
    for (int i = 0; i < table.length; i++) {
      table[i] = bucket(i % tokens - i / tokens);
    }
    return table;
  }

  static int bucket(int relative) {
    int distance = Math.abs(relative);
    int side = relative > 0 ? HALF : 0;
    if (distance < EXACT) {
      return side + distance;
    }
    float log = (float) Math.log((float) distance / EXACT);
    float scale = (float) Math.log((double) FARTHEST / EXACT);
    int bucket = EXACT + (int) (log / scale * (HALF - EXACT));
    return side + Math.min(bucket, HALF - 1);
  }
}
