package dev.embedlab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Tokenizer;
import dev.embedlab.tokenize.chunk.TokenBudget;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTokenizerTest {

  private static final List<String> TEXTS =
      List.of(
          "",
          "Reads the whole file into a string.",
          "  two  blanks and a 😀 face, café",
          "환불은 언제 되나요? 3만원",
          "toByteArray(int[] x) // 12345",
          "<s> [MASK] </s>");

  /** Cuts at commas only, which the tokenizers of lib/core do not know. */
  private static final String AT_COMMAS =
      """
      {"version": "1.0", "truncation": {"direction": "Right", "max_length": 2,
       "strategy": "LongestFirst", "stride": 0},
       "padding": null,
       "added_tokens": [{"id": 0, "content": "<u>", "special": true, "normalized": false,
                         "single_word": false, "lstrip": false, "rstrip": false}],
       "normalizer": null,
       "pre_tokenizer": {"type": "CharDelimiterSplit", "delimiter": ","},
       "post_processor": null, "decoder": null,
       "model": {"type": "WordLevel", "vocab": {"<u>": 0, "red": 1, "😀": 2, "green": 3},
                 "unk_token": "<u>"}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"bert-mean-norm", "xlmr-mean-prompts", "roberta-cls-dense", "qwen3-lasttoken"})
  void givesWhatTheTokenizersOfThisLibraryGive(String fixture) throws IOException {
    Path file = Path.of("src/test/resources/fixtures", fixture, "tokenizer.json");
    Tokenizer own = TokenizerJson.read(file);
    var cut = EncodingOptions.upTo(8).withStride(2);
    try (NativeTokenizer other = NativeTokenizer.open(file)) {
      assertThat(other.vocabularySize()).isEqualTo(own.vocabularySize());
      for (String text : TEXTS) {
        assertSame(other.encode(text), own.encode(text));
        assertSame(other.encode(text, cut), own.encode(text, cut));
        assertSame(other.encodePair(text, "a b", cut), own.encodePair(text, "a b", cut));
        int[] ids = own.encode(text).ids();
        assertThat(other.decode(ids)).isEqualTo(own.decode(ids));
      }
    }
  }

  private static void assertSame(Encoding actual, Encoding expected) {
    assertThat(actual.ids()).isEqualTo(expected.ids());
    assertThat(actual.typeIds()).isEqualTo(expected.typeIds());
    assertThat(actual.specialTokensMask()).isEqualTo(expected.specialTokensMask());
    assertThat(actual.overflow()).hasSameSizeAs(expected.overflow());
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.surface(i)).isEqualTo(expected.surface(i));
    }
  }

  @Test
  void readsFilesWithPartsThatOthersDoNotKnow() throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), AT_COMMAS);
    assertThatThrownBy(() -> TokenizerJson.read(file)).hasMessageContaining("CharDelimiterSplit");
    try (NativeTokenizer tokenizer = NativeTokenizer.open(file)) {
      Encoding encoding = tokenizer.encode("red,😀,blue sky,green");
      assertThat(encoding.ids()).containsExactly(1, 2, 0, 3);
      assertThat(encoding.surface(1)).isEqualTo("😀");
      assertThat(encoding.surface(2)).isEqualTo("blue sky");
      assertThat(encoding.codePointEnd(3)).isEqualTo(20);
      assertThat(encoding.isUnknown(2)).isTrue();
      assertThat(new TokenBudget(tokenizer, 2).fits("red,green,red")).isFalse();
    }
  }

  @Test
  void readsHalfASurrogatePairAsAReplacement() throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), AT_COMMAS);
    try (NativeTokenizer tokenizer = NativeTokenizer.open(file)) {
      Encoding encoding = tokenizer.encode("red,\ud83d,green");
      assertThat(encoding.ids()).containsExactly(1, 0, 3);
      assertThat(encoding.surface(2)).isEqualTo("green");
    }
  }

  @Test
  void namesTheFileThatIsNoTokenizer() throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");
    assertThatThrownBy(() -> NativeTokenizer.open(file)).hasMessageContaining(file.toString());
  }
}
