package dev.embedlab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.KeywordEncoder;
import dev.embedlab.encode.Similarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingStoreTest {

  /** Of each file; {@code -Dembedlab.mutations=1000} is full size. */
  private static final int MUTATIONS = Integer.getInteger("embedlab.mutations", 120);

  @TempDir Path folder;

  private void fill() throws IOException {
    try (EmbeddingStore store = EmbeddingStore.openOrCreate(folder, "m", 2)) {
      store.append(List.of("a", "b"), new float[][] {{1, 2}, {3, 4}});
      store.append(List.of("한글 id"), new float[][] {{5, 6}});
    }
  }

  @Test
  void isReadByOthersWhileOneWrites() throws IOException {
    fill();
    try (EmbeddingStore writer = EmbeddingStore.openOrCreate(folder, "m", 2);
        EmbeddingStore reader = EmbeddingStore.open(folder, "m")) {
      writer.append(List.of("d"), new float[][] {{7, 8}});
      assertThat(writer.size()).isEqualTo(4);
      assertThat(writer.vector(3)).containsExactly(7, 8);
      assertThat(reader.ids()).containsExactly("a", "b", "한글 id");
      assertThat(reader.vector(reader.row("한글 id").orElseThrow())).containsExactly(5, 6);
      assertThat(reader.row("d")).isEmpty();
      assertThat(reader.index(Similarity.DOT).search(new float[][] {{1, 0}}, 1).positions()[0])
          .containsExactly(2);
      assertThatThrownBy(() -> reader.append(List.of("e"), new float[][] {{1, 1}}))
          .hasMessageContaining("read only");
      assertThatThrownBy(() -> EmbeddingStore.openOrCreate(folder, "m", 2))
          .hasMessageContaining("is being written");
    }
  }

  /** Opens the store of the first argument to read, then tries to write. */
  public static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      Path store = Path.of(args[0]);
      try (EmbeddingStore reader = EmbeddingStore.open(store, "m")) {
        System.out.println(reader.size() + " " + Arrays.toString(reader.vector(1)));
      }
      try (EmbeddingStore writer = EmbeddingStore.openOrCreate(store, "m", 2)) {
        System.out.println("writes at " + writer.size());
      } catch (IOException e) {
        System.out.println(e.getMessage().contains("is being written") ? "refused" : e);
      }
    }
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> lines(Process process) throws IOException {
    try (var out = process.inputReader()) {
      return out.lines().toList();
    }
  }

  @Test
  void otherProcessesReadWhileThisOneWrites() throws IOException {
    fill();
    try (EmbeddingStore writer = EmbeddingStore.openOrCreate(folder, "m", 2)) {
      Process one = other();
      Process two = other();
      assertThat(lines(one)).containsExactly("3 [3.0, 4.0]", "refused");
      assertThat(lines(two)).containsExactly("3 [3.0, 4.0]", "refused");
      writer.append(List.of("d"), new float[][] {{7, 8}});
    }
    assertThat(lines(other())).containsExactly("4 [3.0, 4.0]", "writes at 4");
  }

  @Test
  void whatAnInterruptedAppendLeftIsCutOff() throws IOException {
    fill();
    Files.write(folder.resolve("vectors.f32"), new byte[5], StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("ids.txt"), "half an i", StandardOpenOption.APPEND);
    try (EmbeddingStore reader = EmbeddingStore.open(folder, "m")) {
      assertThat(reader.size()).isEqualTo(3);
    }
    try (EmbeddingStore writer = EmbeddingStore.openOrCreate(folder, "m", 2)) {
      writer.append(List.of("d"), new float[][] {{7, 8}});
    }
    try (EmbeddingStore reader = EmbeddingStore.open(folder, "m")) {
      assertThat(reader.ids()).containsExactly("a", "b", "한글 id", "d");
      assertThat(reader.vector(3)).containsExactly(7, 8);
    }
  }

  @Test
  void damagedStoresAreRefused() throws IOException {
    fill();
    Random random = new Random(5);
    for (String name : List.of("vectors.f32", "ids.txt", "store.json")) {
      Path file = folder.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, i % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : bad);
        assertThatThrownBy(() -> EmbeddingStore.open(folder, "m"))
            .as(name)
            .isInstanceOf(IOException.class);
      }
      Files.write(file, good);
    }
    EmbeddingStore.open(folder, "m").close();
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    fill();
    assertThatThrownBy(() -> EmbeddingStore.open(folder, "other"))
        .hasMessageContaining("vectors of the model 'm', but 'other' is asked for");
    assertThatThrownBy(() -> EmbeddingStore.openOrCreate(folder, "m", 3))
        .hasMessageContaining("2 dimensions, not 3");
    assertThatThrownBy(() -> EmbeddingStore.open(folder.resolve("none"), "m"))
        .hasMessageContaining("no embedding store");
    try (EmbeddingStore store = EmbeddingStore.openOrCreate(folder, "m", 2)) {
      assertThatThrownBy(() -> store.append(List.of("a"), new float[][] {{1, 2}}))
          .hasMessageContaining("'a'");
      assertThatThrownBy(() -> store.append(List.of("x\ny"), new float[][] {{1, 2}}))
          .hasMessageContaining("line break");
      assertThatThrownBy(() -> store.append(List.of("x"), new float[][] {{1, Float.NaN}}))
          .hasMessageContaining("NaN");
    }
  }

  /** Counts what it is asked for. */
  private static final class Counting implements Encoder {
    private final KeywordEncoder encoder = new KeywordEncoder("cat", "dog");
    private final List<String> asked = new ArrayList<>();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[][] encode(List<String> texts, EncodeOptions options) {
      asked.addAll(texts);
      return encoder.encode(texts, options);
    }
  }

  @Test
  void noTextIsEmbeddedTwice() {
    Counting model = new Counting();
    List<String> texts = List.of("cat", "dog", "cat", "both cat dog");
    float[][] direct = new KeywordEncoder("cat", "dog").encode(texts);
    try (CachedEncoder cached = new CachedEncoder(model, folder.resolve("c"), "v1")) {
      assertThat(cached.encode(texts)).isDeepEqualTo(direct);
      assertThat(cached.encode(texts)).isDeepEqualTo(direct);
      assertThat(model.asked).containsExactly("cat", "dog", "both cat dog");
    }
    try (CachedEncoder again = new CachedEncoder(model, folder.resolve("c"), "v1")) {
      again.encode(texts);
      assertThat(model.asked).hasSize(3);
      again.encode(List.of("cat"), EncodeOptions.queries()); // another role, another vector
      assertThat(model.asked).hasSize(4);
    }
    try (CachedEncoder other = new CachedEncoder(model, folder.resolve("c"), "v2")) {
      assertThatThrownBy(() -> other.encode(texts)).hasMessageContaining("'v1', but 'v2'");
    }
  }
}
