package dev.embedlab.vector;

/**
 * What a vector search found: for each query the positions of the vectors in the index, best first,
 * with their scores. Equal scores stand in ascending order of position.
 *
 * @param positions {@code [queries][hits]}, hits is k or less
 * @param scores {@code [queries][hits]}, higher is better
 */
public record Hits(int[][] positions, float[][] scores) {

  public Hits {
    if (positions.length != scores.length) {
      throw new IllegalArgumentException(
          "%d rows of positions but %d of scores.".formatted(positions.length, scores.length));
    }
  }

  /** Number of queries. */
  public int queries() {
    return positions.length;
  }

  /** Reads collectors of one search, best hit first. */
  public static Hits of(TopK[] best) {
    int[][] positions = new int[best.length][];
    float[][] scores = new float[best.length][];
    for (int q = 0; q < best.length; q++) {
      long[] keys = best[q].bestFirst();
      positions[q] = new int[keys.length];
      scores[q] = new float[keys.length];
      for (int i = 0; i < keys.length; i++) {
        positions[q][i] = TopK.position(keys[i]);
        scores[q][i] = TopK.score(keys[i]);
      }
    }
    return new Hits(positions, scores);
  }
}
