package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred damaged files of each format: every one is read, or refused with the name of the
 * file; where bad rows are skipped, what is left and what was counted add up.
 */
class HostileFilesTest {

  private static final int FILES = 500;
  private static final byte[] NASTY = {0, -1, '"', '\t', '\n', '{', '[', ',', '\\', (byte) 0xc3};

  @TempDir Path folder;

  private void attack(String name, byte[] good, BiConsumer<Path, BadRows> read) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Path file = folder.resolve(name);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, damaged(good, random));
      refused += isRefused(file, BadRows.fail(), read) ? 1 : 0;
      isRefused(file, BadRows.skip(), read);
    }
    assertThat(refused).as("damage is noticed").isPositive();
  }

  private static boolean isRefused(Path file, BadRows badRows, BiConsumer<Path, BadRows> read) {
    try {
      read.accept(file, badRows);
      return false;
    } catch (BadRowException e) {
      // What a README should have said of a folder is missed in the folder.
      String place = e.file().equals(file.getParent().toString()) ? e.file() : name(file);
      assertThat(e.getMessage()).contains(place).endsWith(".");
      assertThat(e.getMessage().length()).isLessThan(1000);
      return true;
    } catch (RuntimeException e) {
      return fail("not a clear error for " + file, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int edits = 1 + random.nextInt(4);
    for (int e = 0; e < edits && bytes.length > 1; e++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = NASTY[random.nextInt(NASTY.length)];
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          longer[at] = NASTY[random.nextInt(NASTY.length)];
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] repeated(String first, String pattern) {
    StringBuilder text = new StringBuilder(first);
    for (int i = 0; i < 20; i++) {
      text.append(pattern.replace("#", "" + i));
    }
    return utf8(text.toString());
  }

  @Test
  void jsonLines() throws IOException {
    attack(
        "pairs.jsonl",
        repeated("", "{\"sentence1\": \"é사과 #\", \"sentence2\": \"b\", \"score\": 0.5}\n"),
        (file, badRows) -> textFile(file, badRows).scoredPairs());
  }

  @Test
  void jsonArray() throws IOException {
    attack(
        "pairs.json",
        repeated("[", "{\"sentence1\": \"é사과 #\", \"sentence2\": \"b\", \"score\": 0.5},\n"),
        (file, badRows) -> textFile(file, badRows).scoredPairs());
  }

  @Test
  void tsv() throws IOException {
    attack(
        "texts.tsv",
        repeated("text\tlabel\n", "한국어 #\tx\n"),
        (file, badRows) -> textFile(file, badRows).labelledTexts());
  }

  @Test
  void csv() throws IOException {
    attack(
        "texts.csv",
        repeated("text,label\r\n", "\"a, \"\"#\"\"\",x\r\n"),
        (file, badRows) -> textFile(file, badRows).labelledTexts());
  }

  private static TextFile textFile(Path file, BadRows badRows) {
    return TextFile.of(file).withBadRows(badRows);
  }

  @Test
  void judgements() throws IOException {
    attack(
        "test.tsv",
        repeated("query-id\tcorpus-id\tscore\n", "q#\td#\t1\n"),
        (file, badRows) -> QrelsFile.read(file, badRows));
  }

  @Test
  void runs() throws IOException {
    attack(
        "run.txt",
        repeated("", "q1 Q0 d# 1 0.5# name\n"),
        (file, badRows) -> RunFile.stream(file, badRows, (query, ranking) -> {}));
  }

  @Test
  void parquet() throws IOException, URISyntaxException {
    Path good = Path.of(HostileFilesTest.class.getResource("/files/labels.parquet").toURI());
    attack(
        "labels.parquet",
        Files.readAllBytes(good),
        (file, badRows) -> textFile(file, badRows).labelledTexts());
  }

  @Test
  void readme() throws IOException {
    Files.createDirectories(folder.resolve("test"));
    Files.writeString(folder.resolve("test/en.csv"), "text,label\na,b\n");
    attack(
        "README.md",
        repeated("---\nconfigs:\n", "- config_name: c#\n  data_files: test/*.csv\n"),
        (file, badRows) -> TextFile.in(folder, "c1", "test").withBadRows(badRows).labelledTexts());
  }

  @Test
  void numpy() throws IOException, URISyntaxException {
    Path good = Path.of(HostileFilesTest.class.getResource("/files/float32.npy").toURI());
    attack("vectors.npy", Files.readAllBytes(good), (file, badRows) -> NpyFile.read(file));
  }
}
