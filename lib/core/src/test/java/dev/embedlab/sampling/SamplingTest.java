package dev.embedlab.sampling;

import static dev.embedlab.GoldenFile.doubles;
import static dev.embedlab.GoldenFile.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.GoldenFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bit for bit against the values of {@code src/test/python/golden_learn.py}. */
class SamplingTest {

  private static int[] range(int n) {
    return IntStream.range(0, n).toArray();
  }

  @Test
  void numpyRandomStateIsExact() throws IOException {
    for (Map.Entry<String, JsonNode> entry : GoldenFile.cases("sampling.json").properties()) {
      JsonNode golden = entry.getValue();
      NumpyRandomState state = new NumpyRandomState(Long.parseLong(entry.getKey()));
      int[] values = range(100);
      state.shuffle(values);
      assertThat(values).isEqualTo(ints(golden.get("shuffled")));
      new NumpyRandomState(Long.parseLong(entry.getKey())).shuffle(values);
      assertThat(values).isEqualTo(ints(golden.get("again")));
      assertThat(state.randint(1000, 20)).isEqualTo(ints(golden.get("randint")));
      double[] drawn = new double[5];
      Arrays.setAll(drawn, i -> state.randomSample());
      assertThat(drawn).isEqualTo(doubles(golden.get("random")));
      assertThat(state.permutation(13)).isEqualTo(ints(golden.get("permutation")));
    }
  }

  @Test
  void numpyGeneratorIsExact() throws IOException {
    for (Map.Entry<String, JsonNode> entry : GoldenFile.cases("sampling.json").properties()) {
      NumpyGenerator generator = new NumpyGenerator(Long.parseLong(entry.getKey()));
      int[] first = range(57);
      generator.shuffle(first);
      assertThat(first).isEqualTo(ints(entry.getValue().get("generator")));
      int[] second = range(1000);
      generator.shuffle(second);
      assertThat(second).isEqualTo(ints(entry.getValue().get("generator2")));
    }
  }

  @Test
  void pythonRandomIsExact() throws IOException {
    for (Map.Entry<String, JsonNode> entry : GoldenFile.cases("sampling.json").properties()) {
      JsonNode golden = entry.getValue();
      PythonRandom random = new PythonRandom(Long.parseLong(entry.getKey()));
      double[] drawn = new double[5];
      Arrays.setAll(drawn, i -> random.random());
      assertThat(drawn).isEqualTo(doubles(golden.get("python")));
      assertThat(random.choices(1234, 50)).isEqualTo(ints(golden.get("choices")));
      assertThat(random.sample(50, 20)).isEqualTo(ints(golden.get("sample_pool")));
      assertThat(random.sample(100_000, 20)).isEqualTo(ints(golden.get("sample_set")));
      assertThat(random.sample(300, 300)).isEqualTo(ints(golden.get("sample_all")));
    }
  }

  @Test
  void refusesWhatTheReferencesRefuse() {
    assertThatThrownBy(() -> new NumpyRandomState(-1)).hasMessageContaining("but is -1");
    assertThatThrownBy(() -> new PythonRandom(1).sample(3, 4))
        .hasMessage("Cannot draw 4 of 3 without replacement.");
    assertThatThrownBy(() -> new PythonRandom(1).choices(0, 4))
        .hasMessage("Cannot draw from 0 things.");
  }
}
