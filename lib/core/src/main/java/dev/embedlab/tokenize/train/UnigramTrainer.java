package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.Unigram;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns a Unigram vocabulary: begins with every repeated substring, estimates probabilities by
 * expectation maximization, and prunes the pieces whose loss costs least likelihood, until the size
 * is reached.
 *
 * <p>Source: Kudo, <i>Subword Regularization</i>, 2018; SentencePiece, as Hugging Face tokenizers
 * implements it.
 *
 * @param vocabularySize pieces wanted, special tokens included; fewer if the text has no more
 * @param specialTokens first in the vocabulary
 * @param unknownPiece stands for unknown characters; put first where it is not among the special
 *     tokens
 * @param initialAlphabet code points that are in the vocabulary whether they occur or not
 * @param shrinkingFactor share of the pieces that survives a pruning, above 0, below 1
 * @param subIterations expectation maximization steps between prunings, at least 1
 * @param maxPieceLength most characters of a piece
 * @param seedSize most pieces to begin with
 */
public record UnigramTrainer(
    int vocabularySize,
    List<String> specialTokens,
    Optional<String> unknownPiece,
    Set<Integer> initialAlphabet,
    double shrinkingFactor,
    int subIterations,
    int maxPieceLength,
    int seedSize)
    implements ModelTrainer {

  public UnigramTrainer {
    specialTokens = List.copyOf(specialTokens);
    initialAlphabet = Set.copyOf(initialAlphabet);
    if (!(shrinkingFactor > 0 && shrinkingFactor < 1)) {
      throw new IllegalArgumentException(
          "shrinkingFactor is %s; it must lie between 0 and 1.".formatted(shrinkingFactor));
    }
    if (subIterations < 1 || maxPieceLength < 1) {
      throw new IllegalArgumentException(
          "subIterations is %d and maxPieceLength %d; both must be at least 1."
              .formatted(subIterations, maxPieceLength));
    }
  }

  /** The reference's defaults, with {@code <unk>} as unknown piece. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Learns the model.
   *
   * @throws IllegalArgumentException if the vocabulary is smaller than the alphabet of the text
   */
  @Override
  public Unigram train(WordCounts words) {
    return new UnigramTraining(this, words).run();
  }

  /** Options of a training, all with defaults. */
  public static final class Builder {

    private int vocabularySize = 8_000;
    private List<String> specialTokens = List.of("<unk>");
    private Optional<String> unknownPiece = Optional.of("<unk>");
    private Set<Integer> initialAlphabet = Set.of();
    private double shrinkingFactor = 0.75;
    private int subIterations = 2;
    private int maxPieceLength = 16;
    private int seedSize = 1_000_000;

    private Builder() {}

    /** Pieces wanted, special tokens included. */
    public Builder vocabularySize(int pieces) {
      vocabularySize = pieces;
      return this;
    }

    public Builder specialTokens(List<String> tokens) {
      specialTokens = tokens;
      return this;
    }

    public Builder specialTokens(String... tokens) {
      specialTokens = List.of(tokens);
      return this;
    }

    public Builder unknownPiece(String piece) {
      unknownPiece = Optional.of(piece);
      return this;
    }

    /** Characters that are in the vocabulary whether they occur or not. */
    public Builder initialAlphabet(String characters) {
      initialAlphabet =
          characters.codePoints().boxed().collect(java.util.stream.Collectors.toSet());
      return this;
    }

    /** Share of the pieces that survives a pruning, above 0, below 1. */
    public Builder shrinkingFactor(double share) {
      shrinkingFactor = share;
      return this;
    }

    /** Expectation maximization steps between prunings. */
    public Builder subIterations(int steps) {
      subIterations = steps;
      return this;
    }

    /** Most characters of a piece. */
    public Builder maxPieceLength(int characters) {
      maxPieceLength = characters;
      return this;
    }

    /** Most pieces to begin with. */
    public Builder seedSize(int pieces) {
      seedSize = pieces;
      return this;
    }

    public UnigramTrainer build() {
      return new UnigramTrainer(
          vocabularySize,
          specialTokens,
          unknownPiece,
          initialAlphabet,
          shrinkingFactor,
          subIterations,
          maxPieceLength,
          seedSize);
    }
  }
}
