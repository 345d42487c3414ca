package dev.embedlab.compress;

import dev.embedlab.vector.PackedMatrix;

/** An orthogonal matrix: keeps lengths, angles and distances. */
public final class Rotation {

  private final float[][] rows;
  private final PackedMatrix forward;
  private final PackedMatrix backward;

  /**
   * @param rows {@code [dim][dim]}, orthogonal
   */
  public Rotation(float[][] rows) {
    this.rows = rows;
    this.forward = new PackedMatrix(rows);
    float[][] columns = new float[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    this.backward = new PackedMatrix(columns);
  }

  /** {@code [dim][dim]}; do not change. */
  public float[][] rows() {
    return rows;
  }

  /**
   * @param vectors {@code [n][dim]}
   */
  public float[][] apply(float[][] vectors) {
    return forward.multiply(vectors);
  }

  /**
   * @param vectors {@code [n][dim]}, rotated
   */
  public float[][] invert(float[][] vectors) {
    return backward.multiply(vectors);
  }
}
