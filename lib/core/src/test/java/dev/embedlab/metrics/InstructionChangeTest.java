package dev.embedlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstructionChangeTest {

  private static Ranking ranking(String... ids) {
    float[] scores = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      scores[i] = -i;
    }
    return new Ranking(List.of(ids), scores);
  }

  @Test
  void fallingIsGoodAndRisingIsBad() {
    assertThat(InstructionChange.of(1, 4)).isEqualTo(0.75);
    assertThat(InstructionChange.of(4, 1)).isEqualTo(-0.75);
    assertThat(InstructionChange.of(3, 3)).isZero();
  }

  @Test
  void documentsAreAveragedByQuery() {
    Run run =
        new Run(
            "r",
            Map.of(
                "q-og", ranking("a", "b"),
                "q-changed", ranking("b", "c", "a"),
                "only-og", ranking("a")));
    // a falls from 1 to 3; z is found in neither and so stands at 3, then at 4.
    assertThat(
            InstructionChange.ofQueries(run, Map.of("q", List.of("a", "z"), "only", List.of("a"))))
        .hasEntrySatisfying(
            "q", value -> assertThat(value).isEqualTo((2 / 3.0 + 1 / 4.0) / 2, within(1e-15)))
        .hasSize(1);
  }
}
