package dev.embedlab.tokenize.inspect;

import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;

/**
 * How a tokenizer writes a collection of texts. Words are what stands between white space.
 *
 * <p>Fertility is the measure of Rust et al., <i>How Good is Your Tokenizer?</i>, 2021: 1 means
 * every word is one piece.
 *
 * @param texts number of texts
 * @param words number of words
 * @param characters code points
 * @param bytes of the UTF-8 form
 * @param pieces special tokens not counted
 * @param unknown pieces that stand for something the vocabulary cannot express
 * @param used different pieces that occur
 * @param vocabularySize pieces there are
 */
public record TokenStatistics(
    int texts,
    long words,
    long characters,
    long bytes,
    long pieces,
    long unknown,
    int used,
    int vocabularySize) {

  /** Encodes the texts on all cores and counts. */
  public static TokenStatistics of(Tokenizer tokenizer, Collection<String> texts) {
    long words = 0;
    long characters = 0;
    long bytes = 0;
    long pieces = 0;
    long unknown = 0;
    BitSet used = new BitSet();
    for (Encoding encoding : tokenizer.encodeAll(texts, EncodingOptions.withoutSpecialTokens())) {
      String text = encoding.text();
      words += text.isBlank() ? 0 : text.strip().split("\\s+").length;
      characters += text.codePointCount(0, text.length());
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      pieces += encoding.size();
      for (int i = 0; i < encoding.size(); i++) {
        unknown += encoding.isUnknown(i) ? 1 : 0;
        used.set(encoding.id(i));
      }
    }
    return new TokenStatistics(
        texts.size(),
        words,
        characters,
        bytes,
        pieces,
        unknown,
        used.cardinality(),
        tokenizer.vocabularySize());
  }

  /** Fertility: pieces a word. */
  public double piecesPerWord() {
    return ratio(pieces, words);
  }

  /** Pieces a character; 1 means the tokenizer spells. */
  public double piecesPerCharacter() {
    return ratio(pieces, characters);
  }

  /** Compression: bytes a piece stands for. */
  public double bytesPerPiece() {
    return ratio(bytes, pieces);
  }

  /** Mean length of a text in pieces. */
  public double piecesPerText() {
    return ratio(pieces, texts);
  }

  /** Share of the pieces that are unknown, 0 to 1. */
  public double unknownRate() {
    return ratio(unknown, pieces);
  }

  /** Share of the vocabulary that occurs, 0 to 1. */
  public double vocabularyUse() {
    return ratio(used, vocabularySize);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
