package dev.embedlab.tokenize.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Golden;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokenizers the reference trained and wrote encode here as they do there. */
class EncodeGoldenTest {

  static Stream<Golden.Case> cases() {
    return Golden.CORPORA.stream().flatMap(corpus -> Golden.read(corpus).cases().stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void idsEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden.tokenizerJson());
    for (int i = 0; i < golden.encodedTexts(); i++) {
      assertThat(encode(tokenizer, golden, i).ids())
          .as("text %d: %s", i, golden.golden().texts().get(i))
          .isEqualTo(golden.ids(i));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decodedTextsEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden.tokenizerJson());
    for (int i = 0; i < golden.textsWithOffsets(); i++) {
      assertThat(tokenizer.decode(golden.ids(i))).as("text %d", i).isEqualTo(golden.decoded(i));
    }
  }

  /**
   * A letter composed of several is aligned to its first part by the reference, to all of them
   * here.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void offsetsEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden.tokenizerJson());
    for (int i = 0; i < golden.textsWithOffsets(); i++) {
      Encoding encoding = encode(tokenizer, golden, i);
      if (golden.kind().equals("unigram") && composes(encoding.text())) {
        continue;
      }
      int[] offsets = new int[2 * encoding.size()];
      for (int piece = 0; piece < encoding.size(); piece++) {
        offsets[2 * piece] = encoding.codePointStart(piece);
        offsets[2 * piece + 1] = encoding.codePointEnd(piece);
      }
      assertThat(offsets)
          .as("text %d: %s %s", i, encoding.text(), encoding)
          .isEqualTo(golden.offsets(i));
    }
  }

  private static boolean composes(String text) {
    return !Normalizer.isNormalized(text, Form.NFC) || text.contains("\uFF9E");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenReadsBackEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden.tokenizerJson());
    TokenizerPipeline again = TokenizerJson.parse(TokenizerJson.toString(tokenizer));
    assertThat(again.normalizer()).isEqualTo(tokenizer.normalizer());
    assertThat(again.preTokenizer()).isEqualTo(tokenizer.preTokenizer());
    assertThat(again.postProcessor()).isEqualTo(tokenizer.postProcessor());
    assertThat(again.decoder()).isEqualTo(tokenizer.decoder());
    assertThat(again.model().vocabulary().pieces())
        .isEqualTo(tokenizer.model().vocabulary().pieces());
    for (int i = 0; i < 50; i++) {
      assertThat(encode(again, golden, i).ids()).isEqualTo(golden.ids(i));
    }
  }

  private static Encoding encode(TokenizerPipeline tokenizer, Golden.Case golden, int text) {
    return tokenizer.encode(
        golden.golden().texts().get(text), EncodingOptions.withoutSpecialTokens());
  }
}
