package dev.embedlab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveChartTest {

  @Test
  void thinsLongLinesButKeepsTheirEnds() {
    LiveChart live = LiveChart.of("Loss", "step", "loss");
    for (int step = 1; step <= 1000; step++) {
      live.add(step, 1.0 / step);
    }
    XyChart.Series line = live.chart().series().getFirst();
    assertThat(line.x()).hasSizeBetween(300, 401).startsWith(1.0).endsWith(1000.0);
    assertThat(line.y().getLast().value()).isEqualTo(0.001);
  }

  @Test
  void drawsShortLinesWhole() {
    LiveChart live = LiveChart.of("Loss", "step", "loss");
    live.add(1, 3);
    live.add(2, 2);
    assertThat(live.chart().series().getFirst().x()).containsExactly(1.0, 2.0);
  }
}
