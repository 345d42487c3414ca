package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticPairsTest {

  @TempDir Path folder;

  @Test
  void auditsWhatALanguageModelWrote() throws IOException {
    Path file = folder.resolve("pairs.jsonl");
    Files.writeString(
        file,
        """
        {"query": "how to return shoes", "pos": "Send them back within 30 days.", "neg": "Sizes"}
        {"query": "How to return shoes?", "pos": "send them back within 30 days"}

        {"query": "Where is my refund?", "pos": "It takes five days."}
        {"query": "ok", "pos": "x"}
        {"query": "no positive"}
        {"query": "same text", "pos": "Same text!"}
        {"query": "cut off
        """);
    var audit = SyntheticPairs.read(file, List.of("where is my refund"));
    assertThat(audit.examples()).hasSize(1);
    assertThat(audit.examples().getFirst().texts())
        .containsExactly("how to return shoes", "Send them back within 30 days.", "Sizes");
    assertThat(audit.duplicates()).isEqualTo(1);
    assertThat(audit.leaked()).isEqualTo(1);
    assertThat(audit.invalid())
        .containsExactly(
            "line 5: 'query' is shorter than 3 characters",
            "line 6: 'pos' is missing, empty or no text",
            "line 7: 'query' and 'pos' are the same text",
            "line 8: not JSON; write one object a line");
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path file = folder.resolve("out.jsonl");
    List<TrainingExample> examples =
        List.of(
            TrainingExample.pair("환불 되나요", "네, 30일 안에 됩니다."),
            TrainingExample.triplet("a \"quoted\" query", "line\nbreak", "other"));
    SyntheticPairs.write(file, examples);
    assertThat(SyntheticPairs.read(file, List.of()).examples()).isEqualTo(examples);
  }

  @Test
  void writesNothingThatALineHasNoRoomFor() {
    Path file = folder.resolve("out.jsonl");
    var many = TrainingExample.withNegatives("a", "b", List.of("c", "d"));
    assertThatThrownBy(
            () -> SyntheticPairs.write(file, List.of(TrainingExample.pair("a", "b"), many)))
        .hasMessageStartingWith("Example 1 has 4 texts, but a line of " + file);
    assertThatThrownBy(() -> SyntheticPairs.write(file, List.of(TrainingExample.labelled("a", 1))))
        .hasMessageStartingWith("Example 0 has 1 texts");
    assertThat(file).doesNotExist();
  }

  @Test
  void readsOneObjectALineInUtf8() throws IOException {
    Path file = folder.resolve("two.jsonl");
    String object = "{\"query\": \"a query\", \"pos\": \"an answer\"}";
    Files.writeString(file, object + object + "\n");
    var audit = SyntheticPairs.read(file, List.of());
    assertThat(audit.examples()).isEmpty();
    assertThat(audit.invalid()).containsExactly("line 1: not JSON; write one object a line");
    Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> SyntheticPairs.read(file, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is not UTF-8; save it in that encoding.");
  }

  @Test
  void mixesByShare() {
    List<TrainingExample> real = Synonyms.pairs(90);
    List<TrainingExample> made = List.of(TrainingExample.pair("made up", "by a machine"));
    List<TrainingExample> many = java.util.Collections.nCopies(50, made.getFirst());
    var mixed = SyntheticPairs.mix(real, many, 0.25, 1);
    assertThat(mixed).hasSize(120);
    assertThat(mixed.stream().filter(made.getFirst()::equals)).hasSize(30);
    assertThatThrownBy(() -> SyntheticPairs.mix(real, made, 1, 1))
        .hasMessage("share must be in [0, 1), but is 1.0.");
  }

  @Test
  void asksForQueriesInALanguage() {
    assertThat(SyntheticPairs.prompt(" A text. ", 3, "Korean"))
        .contains("3 search queries in Korean")
        .endsWith("Document:\nA text.\n");
  }
}
