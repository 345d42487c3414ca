package dev.embedlab.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordPiece;
import dev.embedlab.tokenize.split.BertPreTokenizer;
import dev.embedlab.tokenize.text.BertNormalizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {

  private static final TokenizerPipeline BERT = bert();

  private static TokenizerPipeline bert() {
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of(
                "[UNK]", "[CLS]", "[SEP]", "play", "##ing", "##ed", "the", "game", "cafe", "!"));
    return TokenizerPipeline.builder(new WordPiece(vocabulary))
        .normalizer(BertNormalizer.uncased())
        .preTokenizer(new BertPreTokenizer())
        .postProcessor(PostProcessor.bert("[CLS]", 1, "[SEP]", 2))
        .decoder(new Decoder.WordPiece("##", true))
        .addedToken(1, AddedToken.special("[CLS]"))
        .addedToken(2, AddedToken.special("[SEP]"))
        .build();
  }

  @Test
  void offsetsReferToTheTextAsGiven() {
    Encoding encoding = BERT.encode("😀 Playing\tthe Café!");
    assertThat(encoding.pieces())
        .containsExactly("[CLS]", "[UNK]", "play", "##ing", "the", "cafe", "!", "[SEP]");
    assertThat(encoding.surface(5)).isEqualTo("Café");
    assertThat(encoding.start(2)).isEqualTo(3);
    assertThat(encoding.codePointStart(2)).isEqualTo(2);
    assertThat(encoding.isUnknown(1)).isTrue();
    assertThat(encoding.specialTokensMask()).containsExactly(1, 0, 0, 0, 0, 0, 0, 1);
    assertThat(encoding.word(2)).isEqualTo(encoding.word(3));
    assertThat(BERT.decode(encoding.ids())).isEqualTo("[UNK] playing the cafe!");
  }

  @Test
  void whatDoesNotFitIsKeptAsOverflow() {
    Encoding encoding = BERT.encode("the game the game the", EncodingOptions.upTo(4).withStride(1));
    assertThat(encoding.pieces()).containsExactly("[CLS]", "the", "game", "[SEP]");
    assertThat(encoding.overflow()).hasSize(3);
    assertThat(encoding.overflow().getFirst().pieces())
        .containsExactly("[CLS]", "game", "the", "[SEP]");
    assertThat(encoding.overflow().getLast().end(2)).isEqualTo(21);
  }

  @Test
  void pairsAreToldApartBySegment() {
    Encoding encoding = BERT.encodePair("the game", "playing", EncodingOptions.standard());
    assertThat(encoding.pieces())
        .containsExactly("[CLS]", "the", "game", "[SEP]", "play", "##ing", "[SEP]");
    assertThat(encoding.typeIds()).containsExactly(0, 0, 0, 0, 1, 1, 1);
    assertThat(encoding.surface(4)).isEqualTo("play");
  }

  @Test
  void specialTokensInTextAreNotSplit() {
    assertThat(BERT.encode("the[SEP]game", EncodingOptions.withoutSpecialTokens()).pieces())
        .containsExactly("the", "[SEP]", "game");
  }

  @Test
  void wrongRequestsAreExplained() {
    assertThatThrownBy(() -> BERT.encode("the", EncodingOptions.upTo(2)))
        .hasMessageContaining("maxLength 2 leaves 0 pieces beside 2 special tokens");
    assertThatThrownBy(() -> EncodingOptions.upTo(-1)).hasMessageContaining("maxLength is -1");
    assertThatThrownBy(() -> BERT.decode(99)).hasMessageContaining("no piece 99");
  }
}
