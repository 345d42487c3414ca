package dev.embedlab.tokenize.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.embedlab.tokenize.Golden;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.model.Unigram;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Unigram vocabularies against the reference. Seeds and expectation maximization agree to the last
 * digits. Pruning orders pieces of nearly equal worth differently, so some of the rarest differ (at
 * most 12 in 100 here, where vocabularies are tiny); and the reference gives characters that were
 * pruned away scores in the random order of a hash table, so those are compared by presence only.
 */
class UnigramGoldenTest {

  static Stream<Golden.Case> cases() {
    return Golden.CORPORA.stream()
        .flatMap(corpus -> Golden.read(corpus).cases().stream())
        .filter(c -> c.kind().equals("unigram"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nearlyAllPiecesAgree(Golden.Case golden) throws JsonProcessingException {
    TokenizerPipeline parts = TokenizerJson.parse(golden.tokenizerJson());
    Unigram reference = (Unigram) parts.model();
    Unigram trained = (Unigram) train(golden, parts).model();
    assertThat(trained.vocabulary().size()).isEqualTo(reference.vocabulary().size());
    Set<String> missing = new HashSet<>(reference.vocabulary().pieces());
    missing.removeAll(trained.vocabulary().pieces());
    assertThat(missing)
        .as("pieces only the reference has")
        .hasSizeLessThanOrEqualTo(reference.vocabulary().size() * 12 / 100);
  }

  /**
   * A vocabulary larger than the seeds is never pruned: what is left is seeds and expectation
   * maximization.
   */
  @Test
  void scoresAgreeWherePruningIsNotNeeded() throws JsonProcessingException {
    Golden.Case golden =
        Golden.read("pathological").cases().stream()
            .filter(c -> c.kind().equals("unigram"))
            .findFirst()
            .orElseThrow();
    TokenizerPipeline parts = TokenizerJson.parse(golden.tokenizerJson());
    Unigram reference = (Unigram) parts.model();
    Unigram trained = (Unigram) train(golden, parts).model();
    assertThat(trained.vocabulary().pieces())
        .containsExactlyInAnyOrderElementsOf(reference.vocabulary().pieces());
    double least = Arrays.stream(reference.scores()).min().orElseThrow();
    int compared = 0;
    for (int id = 1; id < reference.scores().length; id++) {
      String piece = reference.vocabulary().piece(id);
      // Characters pruned away have scores from the least one upwards, in random order.
      if (reference.scores()[id] > least + 0.2 || piece.codePointCount(0, piece.length()) > 1) {
        compared++;
        int ours = trained.vocabulary().id(piece).orElseThrow();
        assertThat(trained.scores()[ours])
            .as("score of '%s'", piece)
            .isCloseTo(reference.scores()[id], within(1e-4));
      }
    }
    assertThat(compared).isGreaterThan(150);
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
