package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class WeightsTest {

  /** A copy would double the memory of a model that ONNX Runtime runs. */
  @Test
  void memoryIsThatOfTheArray() {
    try (Weights weights = new Weights()) {
      weights.add("table", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      assertThat(weights.memory("table").toArray(ValueLayout.JAVA_FLOAT))
          .containsExactly(1, 2, 3, 4, 5, 6);
      weights.array("table").addi(1);
      assertThat(weights.memory("table").toArray(ValueLayout.JAVA_FLOAT))
          .containsExactly(2, 3, 4, 5, 6, 7);
      assertThatThrownBy(() -> weights.memory("other"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'other'");
    }
  }
}
