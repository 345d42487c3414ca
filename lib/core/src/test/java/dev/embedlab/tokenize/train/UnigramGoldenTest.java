package dev.embedlab.tokenize.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.embedlab.tokenize.Golden;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.model.Unigram;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unigram vocabularies and scores equal the reference's. One thing is compared by its range only:
 * the reference gives characters that were pruned away the lowest scores, one step apart, in the
 * random order of a hash table.
 */
class UnigramGoldenTest {

  /** The reference's steps between characters that were pruned away, times the most of them. */
  private static final double PRUNED = 1e-4 * 1000;

  private static final int MIN_EQUAL_SHARE = 20;

  static Stream<Golden.Case> cases() {
    return Golden.CORPORA.stream()
        .flatMap(corpus -> Golden.read(corpus).cases().stream())
        .filter(c -> c.kind().equals("unigram"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void vocabularyAndScoresEqual(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline parts = TokenizerJson.parse(golden.tokenizerJson());
    Unigram reference = (Unigram) parts.model();
    Unigram trained = (Unigram) train(golden, parts).model();
    assertThat(trained.vocabulary().pieces())
        .containsExactlyInAnyOrderElementsOf(reference.vocabulary().pieces());
    int equal = 0;
    for (int id = 0; id < reference.scores().length; id++) {
      String piece = reference.vocabulary().piece(id);
      double score = trained.scores()[trained.vocabulary().id(piece).orElseThrow()];
      boolean close = Math.abs(score - reference.scores()[id]) < 1e-6;
      equal += close ? 1 : 0;
      if (!close) {
        assertThat(piece.codePointCount(0, piece.length())).as(piece).isEqualTo(1);
        assertThat(score).as(piece).isCloseTo(reference.scores()[id], within(PRUNED));
      }
    }
    assertThat(equal).isGreaterThan(MIN_EQUAL_SHARE * reference.scores().length / 100);
  }

  private static TokenizerPipeline train(Golden.Case golden, TokenizerPipeline parts) {
    UnigramTrainer trainer =
        UnigramTrainer.builder()
            .vocabularySize(size(golden))
            .maxPieceLength(golden.option("max_piece_length", 16))
            .shrinkingFactor(golden.option("shrinking_factor", 0.75))
            .subIterations(golden.option("n_sub_iterations", 2))
            .build();
    return new TokenizerTrainer(
            parts.normalizer(),
            parts.preTokenizer(),
            trainer,
            Optional.empty(),
            TokenizerTrainer.Template.NONE)
        .train(golden.golden().texts());
  }

  private static int size(Golden.Case golden) {
    return golden.option("vocab_size", 8000);
  }
}
