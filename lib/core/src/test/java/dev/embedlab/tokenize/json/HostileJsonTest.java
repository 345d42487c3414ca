package dev.embedlab.tokenize.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are damaged or wrong are refused with a sentence that names the field. */
class HostileJsonTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|'model.vocab' is missing",
        "[1, 2]|'model.vocab' is missing",
        "{\"model\": {\"type\": \"Magic\"}}|model 'Magic' at 'model.type' is not supported",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": \"x\"}}}|'model.vocab.a' is \"x\"; it must be a whole number",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}}|lacks the unknown piece '[UNK]'",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0, \"b\": 0}}}|number 0 to",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 2000000000}}}|the number 2000000000",
        "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": -1}}}|the number -1",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a b\"]}}|lacks 'b', the right side of merge 0",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [3]}}|'model.merges[0]' is 3; it must be two pieces",
        "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\"]]}}|'model.vocab[0]' is [\"a\"]; it must be a piece and its score",
        "{\"model\": {\"type\": \"Unigram\", \"unk_id\": 9, \"vocab\": [[\"a\", -1.5]]}}|unknown piece is number 9 of 1",
        "{\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAAgA==\"}, \"model\": {\"type\": \"Unigram\", \"vocab\": []}}|damaged",
        "{\"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"(\"}, \"behavior\": \"Isolated\"}, \"model\": {\"type\": \"Unigram\", \"vocab\": []}}|pattern at 'pre_tokenizer.pattern.Regex'",
      })
  void fieldsAreNamed(String json, String complaint) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
    assertThatThrownBy(() -> TokenizerJson.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining(complaint);
  }

  @Test
  void whatIsNotJsonIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("cut.json"), "{\"model\": {\"type\"");
    assertThatThrownBy(() -> TokenizerJson.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.json");
  }
}
