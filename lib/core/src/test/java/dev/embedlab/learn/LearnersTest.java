package dev.embedlab.learn;

import static dev.embedlab.GoldenFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.GoldenFile;
import dev.embedlab.MadeUpVectors;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.9.1 (values of {@code src/test/python/golden_learn.py}). Tolerances:
 * weights 0.01, at most 1 % of predictions or cluster labels otherwise.
 */
class LearnersTest {

  @Test
  void logisticRegressionPredictsAsScikitLearn() throws IOException {
    for (JsonNode one : GoldenFile.cases("learn.json").get("logistic")) {
      int classes = one.get("classes").asInt();
      int dim = one.get("dim").asInt();
      double spread = one.get("spread").asDouble();
      int n = classes * one.get("per").asInt();
      LogisticRegression model =
          LogisticRegression.fit(
              MadeUpVectors.of(n, dim, classes, 1, spread), MadeUpVectors.labels(n, classes));
      int[] predicted = model.predict(MadeUpVectors.of(500, dim, classes, 2, spread));
      assertThat(disagreement(predicted, ints(one.get("predicted")))).isLessThanOrEqualTo(0.01);
      assertThat(model.iterations())
          .isBetween(one.get("iterations").asInt() - 3, one.get("iterations").asInt() + 3);
      double[][] weights = model.weights();
      for (int k = 0; k < one.get("coef").size(); k++) {
        for (int j = 0; j < 8; j++) {
          assertThat(weights[j][k])
              .isEqualTo(one.get("coef").get(k).get(j).asDouble(), within(0.01));
        }
        assertThat(weights[dim][k]).isEqualTo(one.get("intercept").get(k).asDouble(), within(0.01));
      }
    }
  }

  @Test
  void miniBatchKMeansClustersAsScikitLearn() throws IOException {
    for (JsonNode one : GoldenFile.cases("learn.json").get("kmeans")) {
      int classes = one.get("classes").asInt();
      float[][] rows =
          MadeUpVectors.of(
              one.get("n").asInt(),
              one.get("dim").asInt(),
              classes,
              9,
              one.get("spread").asDouble());
      int[] labels = new MiniBatchKMeans(classes, one.get("batch").asInt(), 42).fit(rows);
      assertThat(disagreement(labels, ints(one.get("labels"))))
          .as("%d clusters", classes)
          .isLessThanOrEqualTo(0.01);
    }
  }

  @Test
  void neighboursVoteAsScikitLearn() throws IOException {
    JsonNode golden = GoldenFile.cases("learn.json").get("knn");
    int[] classes = MadeUpVectors.labels(120, 6);
    boolean[][] labels = new boolean[120][];
    for (int i = 0; i < 120; i++) {
      labels[i] = new boolean[] {classes[i] % 2 == 0, classes[i] % 3 == 0, classes[i] > 2};
    }
    boolean[][] predicted =
        new NearestNeighbors(5)
            .predict(
                MadeUpVectors.of(120, 16, 6, 3, 2.0), labels, MadeUpVectors.of(80, 16, 6, 4, 2.0));
    for (int i = 0; i < predicted.length; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(predicted[i][j]).isEqualTo(golden.get(i).get(j).asInt() == 1);
      }
    }
  }

  private static double disagreement(int[] a, int[] b) {
    assertThat(a).hasSameSizeAs(b);
    int different = 0;
    for (int i = 0; i < a.length; i++) {
      different += a[i] == b[i] ? 0 : 1;
    }
    return (double) different / a.length;
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> LogisticRegression.fit(new float[2][3], new int[] {1, 1}))
        .hasMessage("A classifier needs at least two labels, but there is 1.");
    assertThatThrownBy(() -> new MiniBatchKMeans(5, 10, 1).fit(new float[3][2]))
        .hasMessage("3 vectors cannot form 5 clusters.");
  }
}
