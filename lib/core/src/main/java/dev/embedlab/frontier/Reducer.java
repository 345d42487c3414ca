package dev.embedlab.frontier;

import dev.embedlab.compress.Pca;
import dev.embedlab.compress.RandomProjection;
import dev.embedlab.compress.Reduction;
import dev.embedlab.compress.Truncation;
import java.util.Locale;

/** How dimensions are made fewer. */
public enum Reducer {
  PCA {
    @Override
    public Reduction fit(float[][] training, int dim) {
      return Pca.fit(training, dim);
    }
  },
  TRUNCATION {
    @Override
    public Reduction fit(float[][] training, int dim) {
      return new Truncation(training[0].length, dim);
    }
  },
  RANDOM_PROJECTION {
    @Override
    public Reduction fit(float[][] training, int dim) {
      return new RandomProjection(training[0].length, dim, 42);
    }
  };

  /** As tables show it. */
  @Override
  public String toString() {
    return this == PCA ? "PCA" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * @param training {@code [n][dim]}
   * @param dim wanted
   */
  public abstract Reduction fit(float[][] training, int dim);
}
