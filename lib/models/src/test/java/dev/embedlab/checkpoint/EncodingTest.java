package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.engine.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What encoding promises whatever the model: order, batches, streams, memory, cuts. */
class EncodingTest {

  private static final OpenOptions AUTO = OpenOptions.defaults();

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void vectorsDoNotDependOnTheBatch(String name) throws IOException {
    List<String> texts = Fixtures.texts(Fixtures.expected(name));
    try (EmbeddingModel model = Models.open(Fixtures.folder(name), AUTO)) {
      float[][] together = model.encode(texts);
      float[][] alone = new float[texts.size()][];
      for (int i = 0; i < alone.length; i++) {
        alone[i] = model.encode(List.of(texts.get(i)))[0];
      }
      double scale = Math.max(1, largest(together));
      assertThat(Fixtures.maxDifference(together, alone) / scale).isLessThanOrEqualTo(1e-6);
    }
  }

  private static double largest(float[][] vectors) {
    double largest = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"TORCHSCRIPT_BF16", "TORCHSCRIPT_INT8", "ONNX_INT8"})
  void fewerBitsKeepDirections(Backend backend) throws IOException {
    assertDirectionsKept("bert-mean-norm", backend);
  }

  @ParameterizedTest
  @EnumSource(value = Backend.class, mode = EnumSource.Mode.EXCLUDE, names = "ONNX_FILE")
  void backendsRunOrSayWhyNot(Backend backend) throws IOException {
    Path folder = Fixtures.folder("bert-mean-norm");
    if (backend.isAvailable()) {
      try (EmbeddingModel model = Models.open(folder, AUTO.withBackend(backend))) {
        assertThat(model.encode(List.of("a text"))[0]).hasSize(model.dimension());
      }
    } else {
      assertThatThrownBy(() -> Models.open(folder, AUTO.withBackend(backend)))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith("Backend '%s' does not run on this machine:", backend.label())
          .hasMessageEndingWith(". Take 'auto' or another one.")
          .message()
          .doesNotContain("\n");
    }
  }

  private static void assumeAvailable(Backend backend) {
    Assumptions.assumeTrue(
        backend.isAvailable(), () -> "this processor has nothing for " + backend.label());
  }

  @ParameterizedTest
  @MethodSource("dev.embedlab.checkpoint.Fixtures#encoders")
  void bfloat16KeepsDirectionsInEveryNetwork(String name) throws IOException {
    assertDirectionsKept(name, Backend.TORCHSCRIPT_BF16);
  }

  private static void assertDirectionsKept(String name, Backend backend) throws IOException {
    assumeAvailable(backend);
    List<String> texts = texts(64, 20);
    Path folder = Fixtures.folder(name);
    try (EmbeddingModel oracle = Models.open(folder, AUTO.withBackend(Backend.EAGER));
        EmbeddingModel model = Models.open(folder, AUTO.withBackend(backend))) {
      float[][] expected = oracle.encode(texts);
      float[][] actual = model.encode(texts);
      for (int i = 0; i < expected.length; i++) {
        assertThat(cosine(expected[i], actual[i])).isGreaterThanOrEqualTo(0.999);
      }
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }

  @Test
  void streamsKeepTheOrderAndReadOnlyAhead() throws IOException {
    List<String> texts = texts(40_000, 3);
    try (EmbeddingModel model = Models.open(Fixtures.folder("static-embedding"), AUTO)) {
      float[][] expected = model.encode(texts);
      long[] read = {0};
      long[] furthest = {0};
      Iterator<String> counted = texts.stream().peek(text -> read[0]++).iterator();
      long[] next = {0};
      Truncation truncation =
          model.encode(
              counted,
              EncodeOptions.defaults(),
              (position, vector) -> {
                assertThat(position).isEqualTo(next[0]++);
                assertThat(vector).containsExactly(expected[(int) position]);
                furthest[0] = Math.max(furthest[0], read[0] - position);
              });
      assertThat(next[0]).isEqualTo(texts.size());
      assertThat(truncation.texts()).isEqualTo(texts.size());
      assertThat(furthest[0])
          .as("texts read before their vectors were there: a window at work and the next")
          .isLessThanOrEqualTo(2 * 8_192);
    }
  }

  @Test
  void cutsAreCounted() throws IOException {
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"), AUTO)) {
      List<String> texts = List.of("a", "a ".repeat(22), "a ".repeat(23), "a ".repeat(100));
      Truncation cut = model.encodeWithReport(texts, EncodeOptions.defaults()).truncation();
      assertThat(cut.maxTokens()).isEqualTo(24);
      assertThat(cut.texts()).isEqualTo(4);
      assertThat(cut.truncatedTexts()).isEqualTo(2);
      assertThat(cut.cutTokens()).isEqualTo(1 + 78);
      assertThat(cut.tokens()).isEqualTo(3 + 3 * 24);
      assertThat(model.truncation(texts, EncodeOptions.defaults())).isEqualTo(cut);
    }
  }

  /** ONNX Runtime, bfloat16 and int8 hold copies of the weights, which training leaves behind. */
  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"AUTO", "ONNX", "ONNX_INT8", "TORCHSCRIPT_BF16", "TORCHSCRIPT_INT8"})
  void vectorsFollowTheWeightsInTraining(Backend backend) throws IOException {
    assumeAvailable(backend);
    List<String> texts = texts(4, 10);
    Path folder = Fixtures.folder("bert-mean-norm");
    try (EmbeddingModel model = Models.open(folder, AUTO.withBackend(backend));
        NDManager step = model.checkpoint().weights().manager().newSubManager()) {
      float[][] before = model.encode(texts);
      float[] trained = model.forward(step, model.batch(texts, ""), false).toFloatArray();
      NDArray table =
          model.checkpoint().parameters().get("embeddings.word_embeddings.weight").getArray();
      table.muli(-1);
      float[] expected = model.forward(step, model.batch(texts, ""), false).toFloatArray();
      assertThat(expected).isNotEqualTo(trained);
      float[][] after = model.encode(texts);
      assertThat(after[3]).isNotEqualTo(before[3]);
      assertThat(after[3])
          .containsExactly(Arrays.copyOfRange(expected, 3 * 32, 4 * 32), within(1e-5f));
    }
  }

  @Test
  void forecastKnowsTokensAndBytes() throws IOException {
    List<String> texts = texts(1_000, 8);
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"), AUTO)) {
      Forecast forecast = model.forecast(texts, EncodeOptions.defaults());
      Truncation real = model.encodeWithReport(texts, EncodeOptions.defaults()).truncation();
      assertThat(forecast.texts()).isEqualTo(1_000);
      assertThat(forecast.tokens()).isEqualTo(real.tokens());
      assertThat(forecast.vectorBytes()).isEqualTo(1_000L * 32 * 4);
      assertThat(forecast.time()).isPositive();
    }
  }

  @Test
  void forecastKnowsTheMemoryOfTheProcess() throws IOException {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/self/statm")), "resident memory is read from /proc");
    List<String> texts = texts(2_000, 20);
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"), AUTO)) {
      Forecast forecast = model.forecast(texts, EncodeOptions.defaults());
      Forecast more = model.forecast(texts(20_000, 20), EncodeOptions.defaults());
      model.encode(texts);
      long resident = residentBytes();
      assertThat(forecast.peakBytes()).isPresent();
      assertThat(forecast.peakBytes().getAsLong()).isBetween(resident / 2, 2 * resident);
      assertThat(more.peakBytes().getAsLong()).isGreaterThan(more.vectorBytes() + resident / 2);
    }
  }

  @Test
  void threadsShareAModel() throws IOException {
    List<String> texts = texts(200, 10);
    try (EmbeddingModel model = Models.open(Fixtures.folder("bert-mean-norm"), AUTO)) {
      float[][] expected = model.encode(texts);
      double worst =
          IntStream.range(0, 8)
              .parallel()
              .mapToDouble(i -> Fixtures.maxDifference(expected, model.encode(texts)))
              .max()
              .orElseThrow();
      assertThat(worst).isLessThanOrEqualTo(1e-6);
    }
  }

  /** 200 batches of different shapes may not leave anything behind outside of the heap. */
  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"EAGER", "TORCHSCRIPT", "TORCHSCRIPT_BF16", "ONNX"})
  void memoryStaysBounded(Backend backend) throws IOException {
    assumeAvailable(backend);
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/self/statm")), "resident memory is read from /proc");
    Path folder = Fixtures.folder("bert-mean-norm");
    try (EmbeddingModel model = Models.open(folder, AUTO.withBackend(backend))) {
      encodeBatches(model, 100);
      long before = residentBytes();
      encodeBatches(model, 200);
      assertThat((residentBytes() - before) >> 20)
          .as("MiB that 200 batches left behind")
          .isLessThan(100);
    }
  }

  private static void encodeBatches(EmbeddingModel model, int count) {
    for (int i = 0; i < count; i++) {
      model.encode(texts(64, 1 + i % 20));
    }
    System.gc();
  }

  private static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }

  private static List<String> texts(int count, int words) {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(
          String.join(
              " ",
              Stream.generate(
                      () -> Integer.toString(random.nextInt(5_000), 36).toLowerCase(Locale.ROOT))
                  .limit(1 + random.nextInt(words))
                  .toList()));
    }
    return texts;
  }
}
