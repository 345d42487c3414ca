package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerCommandTest {

  private static final List<String> LINES =
      List.of("How do I return a parcel?", "환불은 언제 되나요?", "", "return the parcel 😀 today");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeText() throws IOException {
    Files.write(folder.resolve("text.txt"), LINES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpe", "wordpiece", "unigram", "word"})
  void trainsAndEncodesALineForALine(String model) throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    assertThat(train("--model", model, "--vocab-size", "300")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("pieces, trained in");
    out.getBuffer().setLength(0);
    assertThat(encode(tokenizer)).isZero();
    String[] ids = out.toString().split("\n", -1);
    assertThat(ids).hasSize(LINES.size() + 1);
    TokenizerPipeline pipeline = TokenizerJson.read(tokenizer);
    for (int i = 0; i < LINES.size(); i++) {
      assertThat(ids[i].trim().split(" "))
          .containsExactly(
              String.join(" ", strings(pipeline.encode(LINES.get(i)).ids())).split(" "));
    }
  }

  private static List<String> strings(int[] ids) {
    return java.util.Arrays.stream(ids).mapToObj(String::valueOf).toList();
  }

  @Test
  void optionsReachTheTrainer() throws IOException {
    assertThat(
            train(
                "--model",
                "wordpiece",
                "--vocab-size",
                "60",
                "--special-tokens",
                "[UNK],[X]",
                "--continuing-prefix",
                "@@",
                "--normalizer",
                "nfc,lowercase",
                "--limit-alphabet",
                "20",
                "--pre-tokenizer",
                "whitespace-split,punctuation"))
        .as(err.toString())
        .isZero();
    String json = Files.readString(folder.resolve("tokenizer.json"));
    assertThat(json).contains("\"@@", "WhitespaceSplit", "Punctuation", "\"NFC\"", "[X]");
    assertThat(json).doesNotContain("[CLS]");
  }

  @Test
  void lineEndsAreKeptOnRequest() throws IOException {
    train("--model", "unigram", "--vocab-size", "100", "--keep-line-ends");
    assertThat(TokenizerJson.read(folder.resolve("tokenizer.json")).id("\n")).isPresent();
    train("--model", "unigram", "--vocab-size", "100");
    assertThat(TokenizerJson.read(folder.resolve("tokenizer.json")).id("\n")).isEmpty();
  }

  @Test
  void tellsWhatWasCut() {
    train("--model", "bpe", "--vocab-size", "260");
    assertThat(encode(folder.resolve("tokenizer.json"), "--max-length", "5")).isZero();
    assertThat(err.toString()).contains("3 of 4 lines were cut at 5 pieces");
  }

  @Test
  void writesToAFile() throws IOException {
    train("--model", "word", "--vocab-size", "50");
    Path ids = folder.resolve("ids.txt");
    encode(folder.resolve("tokenizer.json"), "--out", ids.toString(), "--pieces");
    assertThat(Files.readAllLines(ids))
        .hasSize(LINES.size())
        .contains("how do i return a parcel ?");
  }

  @Test
  void mistakesAreOneSentence() throws IOException {
    assertThat(train("--model", "bpe", "--normalizer", "nfx")).isEqualTo(1);
    assertThat(err.toString()).contains("no normalizer 'nfx'").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(train("--model", "gpt")).isEqualTo(2);
    assertThat(err.toString()).contains("'gpt'").hasLineCount(1);
    err.getBuffer().setLength(0);
    Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
    assertThat(encode(broken)).isEqualTo(1);
    assertThat(err.toString()).contains("broken.json", "model").hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(encode(folder.resolve("missing.json"))).isEqualTo(1);
    assertThat(err.toString()).contains("there is no such file").hasLineCount(1);
  }

  private int train(String... more) {
    return execute(
        more,
        "tokenizer",
        "train",
        "--in",
        folder.resolve("text.txt").toString(),
        "--out",
        folder.resolve("tokenizer.json").toString());
  }

  private int encode(Path tokenizer, String... more) {
    return execute(
        more,
        "tokenizer",
        "encode",
        "--tokenizer",
        tokenizer.toString(),
        "--in",
        folder.resolve("text.txt").toString());
  }

  private int execute(String[] more, String... first) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
