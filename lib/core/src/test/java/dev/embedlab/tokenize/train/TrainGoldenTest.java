package dev.embedlab.tokenize.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Golden;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.model.Bpe;
import dev.embedlab.tokenize.text.ByteCharacters;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same texts and options lead to the vocabulary and the merges the reference learns. */
class TrainGoldenTest {

  static Stream<Golden.Case> cases() {
    return Golden.CORPORA.stream()
        .flatMap(corpus -> Golden.read(corpus).cases().stream())
        .filter(c -> !c.kind().equals("unigram"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vocabularyAndMergesEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline reference = TokenizerJson.parse(golden.tokenizerJson());
    TokenizerPipeline trained = train(golden, reference);
    assertThat(trained.model().vocabulary().pieces())
        .isEqualTo(reference.model().vocabulary().pieces());
    if (trained.model() instanceof Bpe bpe) {
      assertThat(bpe.merges()).isEqualTo(((Bpe) reference.model()).merges());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void idsEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline trained = train(golden, TokenizerJson.parse(golden.tokenizerJson()));
    for (int i = 0; i < golden.encodedTexts(); i++) {
      String text = golden.golden().texts().get(i);
      assertThat(trained.encode(text, EncodingOptions.withoutSpecialTokens()).ids())
          .as("text %d: %s", i, text)
          .isEqualTo(golden.ids(i));
    }
  }

  /** Trains with the options of the case on the normalizer and pre-tokenizer the reference had. */
  private static TokenizerPipeline train(Golden.Case golden, TokenizerPipeline parts) {
    return new TokenizerTrainer(
            parts.normalizer(),
            parts.preTokenizer(),
            trainer(golden),
            Optional.empty(),
            TokenizerTrainer.Template.NONE)
        .train(golden.golden().texts());
  }

  private static ModelTrainer trainer(Golden.Case golden) {
    int size = golden.option("vocab_size", 30_000);
    int frequency = golden.option("min_frequency", 0);
    BpeTrainer.Builder bpe =
        BpeTrainer.builder()
            .vocabularySize(size)
            .minFrequency(frequency)
            .limitAlphabet(golden.option("limit_alphabet", Integer.MAX_VALUE))
            .maxTokenLength(golden.option("max_token_length", Integer.MAX_VALUE))
            .specialTokens(golden.specialTokens());
    return switch (golden.kind()) {
      case "wordpiece" -> new WordPieceTrainer(bpe.continuingPrefix("##").build(), "[UNK]");
      case "bytes" -> bpe.initialAlphabet(new String(ByteCharacters.alphabet())).build();
      case "chars" -> bpe.endOfWordSuffix("</w>").build();
      case "plain" -> bpe.build();
      case "words" -> new WordLevelTrainer(size, frequency, golden.specialTokens(), "<unk>");
      default -> throw new IllegalArgumentException(golden.kind());
    };
  }
}
