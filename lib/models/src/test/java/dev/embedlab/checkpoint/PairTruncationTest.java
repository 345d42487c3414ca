package dev.embedlab.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.engine.Backend;
import dev.embedlab.input.TokenizedText;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many tokens of each text of a pair are left at 48 tokens, as transformers 5.18 with
 * tokenizers 0.23.2 counts them. Single letters are one token, "retrieval" is five, "zzqqxx" six.
 */
class PairTruncationTest {

  @ParameterizedTest
  @CsvSource({
    "a, 45, 45, 22, 23",
    "a, 46, 45, 23, 22",
    "a, 48, 47, 23, 22",
    "a, 49, 48, 22, 23",
    "a, 60, 48, 22, 23",
    "a, 60, 22, 23, 22",
    "a, 22, 60, 22, 23",
    "zzqqxx, 30, 29, 22, 23",
    "a zzqqxx, 1, 29, 7, 38",
    "retrieval, 30, 40, 22, 23",
  })
  void bothTextsAreCutAsInPython(String word, int first, int second, int firstKept, int secondKept)
      throws IOException {
    String repeated = word.substring(word.lastIndexOf(' ') + 1);
    TokenizedText pair = tokens((word + " ").repeat(first), (repeated + " ").repeat(second));
    assertThat(segment(pair, 0) - 2).isEqualTo(firstKept);
    assertThat(segment(pair, 1) - 1).isEqualTo(secondKept);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 22, 23",
    "'a ', 23, 22",
    "'a a ', 23, 22",
    "'a a a ', 22, 23",
  })
  void tokenizingStopsAfterAWholeWord(String before, int firstKept, int secondKept)
      throws IOException {
    TokenizedText pair = tokens(before + "retrieval ".repeat(40), "retrieval ".repeat(30));
    assertThat(segment(pair, 0) - 2).isEqualTo(firstKept);
    assertThat(segment(pair, 1) - 1).isEqualTo(secondKept);
  }

  private static TokenizedText tokens(String first, String second) throws IOException {
    OpenOptions eager = OpenOptions.defaults().withBackend(Backend.EAGER);
    try (CrossEncoder model =
        Models.openCrossEncoder(Fixtures.folder("cross-encoder-bert"), eager)) {
      return model.checkpoint().tokenizer().encode(first, second);
    }
  }

  private static long segment(TokenizedText text, long type) {
    return Arrays.stream(text.typeIds()).filter(t -> t == type).count();
  }
}
