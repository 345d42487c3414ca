package dev.embedlab.lucene;

/**
 * How an HNSW graph is built and searched (Malkov and Yashunin 2016).
 *
 * @param m neighbours of a node on each level, 2 to 512; 16 is usual
 * @param efConstruction candidates looked at when a node is linked, at least m, at most 3,200
 * @param efSearch candidates a search keeps, 1 or more; more find more and take longer
 * @param quantization how the graph's own copy of the vectors is kept
 */
public record HnswOptions(int m, int efConstruction, int efSearch, Quantization quantization) {

  /** Bits of the copy of the vectors that the graph is searched with. */
  public enum Quantization {
    /** Floats: no copy. */
    NONE,
    /** A byte a dimension. */
    INT8,
    /** Four bits a dimension. */
    INT4,
    /** A bit a dimension. */
    BIT
  }

  /** m = 16, efConstruction = 100, efSearch = 100, floats. */
  public static final HnswOptions DEFAULT = new HnswOptions(16, 100, 100, Quantization.NONE);

  public HnswOptions {
    if (m < 2 || m > 512) {
      throw new IllegalArgumentException("m must be between 2 and 512, but is %d.".formatted(m));
    }
    if (efConstruction < m || efConstruction > 3200) {
      throw new IllegalArgumentException(
          "efConstruction must be between m = %d and 3,200, but is %d."
              .formatted(m, efConstruction));
    }
    if (efSearch < 1) {
      throw new IllegalArgumentException(
          "efSearch must be 1 or more, but is %d.".formatted(efSearch));
    }
  }

  public HnswOptions withM(int value) {
    return new HnswOptions(value, efConstruction, efSearch, quantization);
  }

  public HnswOptions withEfConstruction(int value) {
    return new HnswOptions(m, value, efSearch, quantization);
  }

  public HnswOptions withEfSearch(int value) {
    return new HnswOptions(m, efConstruction, value, quantization);
  }

  public HnswOptions withQuantization(Quantization value) {
    return new HnswOptions(m, efConstruction, efSearch, value);
  }
}
