package dev.embedlab.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.vector.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against scikit-learn's PCA with full SVD; signs agree too, since both use the same rule. */
class PcaTest {

  private final JsonNode golden = Golden.cases("pca");
  private final float[][] vectors = Golden.matrix(golden.get("vectors"));
  private final float[][] some = Arrays.copyOf(vectors, 20);

  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-5f));
    }
  }

  @Test
  void componentsAndVariancesAreScikitLearns() {
    Pca pca = Pca.fit(vectors, 10);
    assertClose(pca.components(), Golden.matrix(golden.get("components")));
    float[] variance = Golden.floats(golden.get("explained_variance"));
    float[] ratio = Golden.floats(golden.get("explained_variance_ratio"));
    for (int c = 0; c < 10; c++) {
      assertThat(pca.explainedVariance()[c]).isCloseTo(variance[c], within(1e-5));
      assertThat(pca.explainedVarianceRatio()[c]).isCloseTo(ratio[c], within(1e-5));
    }
    assertClose(pca.apply(some), Golden.matrix(golden.get("transformed")));
    assertClose(pca.invert(pca.apply(some)), Golden.matrix(golden.get("inverse")));
  }

  @Test
  void whitenedDimensionsAreScikitLearns() {
    Covariance covariance = new Covariance(24);
    for (int from = 0; from < 300; from += 70) { // batch by batch
      covariance.add(Arrays.copyOfRange(vectors, from, Math.min(300, from + 70)));
    }
    assertThat(covariance.count()).isEqualTo(300);
    Pca pca = Pca.fit(covariance, 10, true);
    assertClose(pca.apply(some), Golden.matrix(golden.get("whitened")));
    assertClose(pca.invert(pca.apply(some)), Golden.matrix(golden.get("inverse")));
  }

  @Test
  void aLargeMeanCostsNoPrecision() {
    float[][] moved = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
    for (float[] vector : moved) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] += 64;
      }
    }
    double[] near = Pca.fit(vectors, 5).explainedVariance();
    double[] far = Pca.fit(moved, 5).explainedVariance();
    assertThat(far).containsExactly(near, within(1e-4));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Pca.fit(vectors, 25)).hasMessageContaining("25 components of 24");
    assertThatThrownBy(() -> Pca.fit(new float[][] {{1, 2}}, 1))
        .hasMessageContaining("two vectors");
    assertThatThrownBy(() -> Pca.fit(vectors, 3).apply(new float[][] {{1}}))
        .hasMessageContaining("1 dimensions, but 24");
  }
}
