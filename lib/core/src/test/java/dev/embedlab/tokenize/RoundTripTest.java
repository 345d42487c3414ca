package dev.embedlab.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {

  private static final TokenizerPipeline BYTES =
      TokenizerTrainer.gpt2(600).train(Golden.read("english").texts());

  @Test
  void byteLevelDecodesToTheSameText() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      String text = fuzzed(random);
      assertThat(BYTES.decode(BYTES.encode(text).ids())).as("string %d", i).isEqualTo(text);
    }
  }

  /** Offsets cover the text without gaps once the trimmed blanks are put back. */
  @Test
  void surfacesAreThePiecesOfTheText() {
    Random random = new Random(8);
    for (int i = 0; i < 2_000; i++) {
      String text = fuzzed(random);
      Encoding encoding = BYTES.encode(text);
      int last = 0;
      for (int piece = 0; piece < encoding.size(); piece++) {
        assertThat(encoding.start(piece)).isBetween(0, encoding.end(piece));
        assertThat(encoding.end(piece)).isBetween(last, text.length());
        last = encoding.end(piece);
      }
    }
  }

  @Test
  void aLongWordWithoutBlanksTakesNoTimeToSpeakOf() {
    String text = "ab".repeat(200_000);
    assertThat(BYTES.decode(BYTES.encode(text).ids())).isEqualTo(text);
  }

  @Test
  void manyAtOnceEqualOneByOne() {
    List<String> texts = Golden.read("emoji").texts();
    List<Encoding> together = BYTES.encodeAll(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(together.get(i).ids()).isEqualTo(BYTES.encode(texts.get(i)).ids());
    }
  }

  @Test
  void trainingTwiceGivesTheSameFile() throws JsonProcessingException {
    List<String> texts = Golden.read("korean").texts();
    for (TokenizerTrainer trainer :
        List.of(
            TokenizerTrainer.bert(700),
            TokenizerTrainer.gpt2(700),
            TokenizerTrainer.characterBpe(700),
            TokenizerTrainer.unigram(400),
            TokenizerTrainer.words(700, 2))) {
      String first = TokenizerJson.toString(trainer.train(texts));
      assertThat(TokenizerJson.toString(trainer.train(texts.reversed()))).isEqualTo(first);
      TokenizerPipeline read = TokenizerJson.parse(first);
      assertThat(read.encode(texts.get(3)).pieces())
          .isEqualTo(trainer.train(texts).encode(texts.get(3)).pieces());
    }
  }

  private static String fuzzed(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int range = new int[] {0x80, 0x250, 0x3200, 0xD7FF, 0x20000}[random.nextInt(5)];
      int c = random.nextInt(range);
      text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? ' ' : c);
    }
    return text.toString().replace("<|endoftext|>", "");
  }
}
