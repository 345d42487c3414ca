package dev.embedlab.tokenize.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.tokenize.AddedToken;
import dev.embedlab.tokenize.PostProcessor;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordPiece;
import dev.embedlab.tokenize.split.BertPreTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers small enough to check by hand. */
class InspectTest {

  private static final TokenizerPipeline TOKENIZER =
      TokenizerPipeline.builder(
              new WordPiece(
                  Vocabulary.of(List.of("[UNK]", "[CLS]", "[SEP]", "a", "b", "##b", "##c", "<"))))
          .preTokenizer(new BertPreTokenizer())
          .postProcessor(PostProcessor.bert("[CLS]", 1, "[SEP]", 2))
          .addedToken(1, AddedToken.special("[CLS]"))
          .addedToken(2, AddedToken.special("[SEP]"))
          .build();

  @Test
  void statisticsCountPiecesWordsAndUnknowns() {
    TokenStatistics statistics = TokenStatistics.of(TOKENIZER, List.of("abc a", "한 b"));
    assertThat(statistics.words()).isEqualTo(4);
    assertThat(statistics.pieces()).isEqualTo(6);
    assertThat(statistics.unknown()).isEqualTo(1);
    assertThat(statistics.piecesPerWord()).isEqualTo(1.5);
    assertThat(statistics.piecesPerCharacter()).isEqualTo(0.75);
    assertThat(statistics.bytesPerPiece()).isCloseTo(10 / 6.0, within(1e-12));
    assertThat(statistics.unknownRate()).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(statistics.vocabularyUse()).isEqualTo(5 / 8.0);
  }

  @Test
  void windowsSayWhatIsLost() {
    List<ContextWindow> windows = ContextWindow.of(TOKENIZER, List.of("a b a b", "a"), 4, 8);
    assertThat(windows.getFirst().cut()).isEqualTo(1);
    assertThat(windows.getFirst().lostCharacters()).isEqualTo(4);
    assertThat(windows.getFirst().lostShare()).isEqualTo(0.5);
    assertThat(windows.getLast().cut()).isZero();
    assertThat(windows.getFirst())
        .hasToString("window of 4: 1 of 2 texts cut (50.0 %), 50.0 % of the text lost");
  }

  @Test
  void theWordsSplitMostComeFirst() {
    List<SplitWord> words = SplitWord.longest(TOKENIZER, List.of("a abc ab ab"), 2);
    assertThat(words).extracting(SplitWord::word).containsExactly("abc", "ab");
    assertThat(words.getLast().occurrences()).isEqualTo(2);
    assertThat(words.getFirst().pieces()).containsExactly("a", "##b", "##c");
  }

  @Test
  void aVocabularyCostsParameters() {
    VocabularyCost cost = VocabularyCost.of(TOKENIZER, List.of("abc a"), 4);
    assertThat(cost.embeddingParameters()).isEqualTo(32);
    assertThat(cost.attentionRatio()).isEqualTo(4);
  }

  @Test
  void theViewEscapesAndNumbers() {
    TokenView view = TokenView.of(TOKENIZER, "ab <한");
    assertThat(view).hasToString("a|##b|<|[UNK] (4 pieces)");
    assertThat(view.mimeBundle().get("text/html").toString())
        .contains("title=\"##b = 5\"")
        .contains(">&lt;</span>")
        .contains("outline")
        .contains("4 pieces for 5 characters");
  }
}
