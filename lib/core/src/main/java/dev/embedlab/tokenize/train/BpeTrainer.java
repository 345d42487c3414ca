package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.Bpe;
import dev.embedlab.tokenize.model.BpeOptions;
import dev.embedlab.tokenize.model.Vocabulary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Learns byte-pair merges: the most frequent pair of neighbouring pieces becomes a piece, again and
 * again.
 *
 * <p>Pairs of equal frequency are taken in the order of their piece numbers, as Hugging Face
 * tokenizers does. Where letters carry a prefix or suffix, the reference numbers those in the
 * random order of a hash table; here they are numbered by code point.
 *
 * <p>Source: Sennrich, Haddow and Birch, <i>Neural Machine Translation of Rare Words with Subword
 * Units</i>, 2016.
 *
 * @param vocabularySize pieces wanted, special tokens and alphabet included; fewer if no pair is
 *     left
 * @param minFrequency pairs that occur less often are not merged
 * @param specialTokens first in the vocabulary
 * @param initialAlphabet code points that are in the vocabulary whether they occur or not
 * @param limitAlphabet most characters kept; rarer ones become unknown
 * @param continuingPrefix put before pieces inside a word, or empty
 * @param endOfWordSuffix put after pieces that end a word, or empty
 * @param maxTokenLength most characters of a piece
 */
public record BpeTrainer(
    int vocabularySize,
    long minFrequency,
    List<String> specialTokens,
    Set<Integer> initialAlphabet,
    int limitAlphabet,
    String continuingPrefix,
    String endOfWordSuffix,
    int maxTokenLength)
    implements ModelTrainer {

  public BpeTrainer {
    specialTokens = List.copyOf(specialTokens);
    initialAlphabet = Set.copyOf(initialAlphabet);
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "vocabularySize is %d; give at least 1.".formatted(vocabularySize));
    }
  }

  /** Begins with a vocabulary of 30,000 and every other option off. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Bpe train(WordCounts words) {
    BpeTraining training = new BpeTraining(this, words);
    training.run();
    BpeOptions options =
        new BpeOptions(unknownPiece(), continuingPrefix, endOfWordSuffix, false, false, false);
    return new Bpe(Vocabulary.of(training.pieces()), training.merges(), options);
  }

  private java.util.Optional<String> unknownPiece() {
    return specialTokens.stream()
        .filter(token -> token.equals("[UNK]") || token.equals("<unk>"))
        .findFirst();
  }

  /** Options of a training, all with defaults. */
  public static final class Builder {

    private int vocabularySize = 30_000;
    private long minFrequency;
    private List<String> specialTokens = List.of();
    private final Set<Integer> initialAlphabet = new TreeSet<>();
    private int limitAlphabet = Integer.MAX_VALUE;
    private String continuingPrefix = "";
    private String endOfWordSuffix = "";
    private int maxTokenLength = Integer.MAX_VALUE;

    private Builder() {}

    /** Pieces wanted, special tokens and alphabet included. */
    public Builder vocabularySize(int pieces) {
      vocabularySize = pieces;
      return this;
    }

    /** Pairs that occur less often are not merged. */
    public Builder minFrequency(long occurrences) {
      minFrequency = occurrences;
      return this;
    }

    public Builder specialTokens(String... tokens) {
      specialTokens = List.of(tokens);
      return this;
    }

    public Builder specialTokens(List<String> tokens) {
      specialTokens = tokens;
      return this;
    }

    /** Characters that are in the vocabulary whether they occur or not. */
    public Builder initialAlphabet(String characters) {
      characters.codePoints().forEach(initialAlphabet::add);
      return this;
    }

    /** Most characters kept. */
    public Builder limitAlphabet(int characters) {
      limitAlphabet = characters;
      return this;
    }

    public Builder continuingPrefix(String prefix) {
      continuingPrefix = prefix;
      return this;
    }

    public Builder endOfWordSuffix(String suffix) {
      endOfWordSuffix = suffix;
      return this;
    }

    /** Most characters of a piece. */
    public Builder maxTokenLength(int characters) {
      maxTokenLength = characters;
      return this;
    }

    public BpeTrainer build() {
      return new BpeTrainer(
          vocabularySize,
          minFrequency,
          specialTokens,
          initialAlphabet,
          limitAlphabet,
          continuingPrefix,
          endOfWordSuffix,
          maxTokenLength);
    }
  }
}
