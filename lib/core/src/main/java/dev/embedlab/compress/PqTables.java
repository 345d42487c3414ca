package dev.embedlab.compress;

/** Adds up asymmetric distance tables. */
public final class PqTables {

  private PqTables() {}

  /**
   * @param table {@code [m * 256]}, see {@link ProductQuantizer#table}
   * @param codes {@code [n * m]}
   * @param from where the code begins
   */
  public static float sum(float[] table, byte[] codes, int from, int m) {
    float a = 0, b = 0, c = 0, d = 0; // four chains hide the latency of the additions
    int i = 0;
    for (; i + 4 <= m; i += 4) {
      a += table[(i << 8) + (codes[from + i] & 0xff)];
      b += table[(i + 1 << 8) + (codes[from + i + 1] & 0xff)];
      c += table[(i + 2 << 8) + (codes[from + i + 2] & 0xff)];
      d += table[(i + 3 << 8) + (codes[from + i + 3] & 0xff)];
    }
    for (; i < m; i++) {
      a += table[(i << 8) + (codes[from + i] & 0xff)];
    }
    return (a + b) + (c + d);
  }
}
