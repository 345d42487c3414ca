package dev.embedlab.lucene;

/**
 * How BM25 indexes and scores.
 *
 * @param k1 how quickly repeated terms stop counting, 0 or more; 0.9 is Anserini's default, 1.2
 *     Lucene's
 * @param b how much long documents are penalised, 0 (not) to 1 (in full); 0.4 is Anserini's
 *     default, 0.75 Lucene's
 * @param analyzer name as in {@link Analyzers#named(String)}
 */
public record Bm25Options(float k1, float b, String analyzer) {

  /** k1 = 0.9, b = 0.4, {@code english}: the settings of Anserini's baselines. */
  public static final Bm25Options DEFAULT = new Bm25Options(0.9f, 0.4f, "english");

  public Bm25Options {
    if (!(k1 >= 0) || k1 == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "k1 must be 0 or more and finite, but is %s.".formatted(k1));
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b must be between 0 and 1, but is %s.".formatted(b));
    }
    Analyzers.named(analyzer).close();
  }

  public Bm25Options withK1(float value) {
    return new Bm25Options(value, b, analyzer);
  }

  public Bm25Options withB(float value) {
    return new Bm25Options(k1, value, analyzer);
  }

  public Bm25Options withAnalyzer(String value) {
    return new Bm25Options(k1, b, value);
  }
}
