package dev.embedlab.tokenize;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a text: pieces with their numbers and the places they came from. Immutable.
 *
 * <p>Offsets refer to the text as it was given, before normalization. They are UTF-16 units, as
 * {@link String#substring(int, int)} counts; {@link #codePointStart} and {@link #codePointEnd}
 * count as Python does. Special tokens that were added have the empty range at 0.
 */
public final class Encoding {

  private final String text;
  private final String pair;
  private final Pieces pieces;
  private final Tokenizer tokenizer;
  private final List<Encoding> overflow;

  Encoding(String text, String pair, Pieces pieces, Tokenizer tokenizer, List<Encoding> overflow) {
    this.text = text;
    this.pair = pair;
    this.pieces = pieces;
    this.tokenizer = tokenizer;
    this.overflow = List.copyOf(overflow);
  }

  /** The text that was encoded. */
  public String text() {
    return text;
  }

  /** Number of pieces. */
  public int size() {
    return pieces.size();
  }

  /** Numbers of the pieces, {@code [piece]}; a copy. */
  public int[] ids() {
    return pieces.ids();
  }

  /** Number of piece {@code i}. */
  public int id(int i) {
    return pieces.id(i);
  }

  /** Piece {@code i} as the vocabulary writes it. */
  public String piece(int i) {
    return tokenizer.piece(pieces.id(i));
  }

  /** All pieces as the vocabulary writes them. */
  public List<String> pieces() {
    List<String> all = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      all.add(piece(i));
    }
    return all;
  }

  /** Where piece {@code i} begins, in UTF-16 units. */
  public int start(int i) {
    return pieces.start(i);
  }

  /** Where piece {@code i} ends (exclusive), in UTF-16 units. */
  public int end(int i) {
    return pieces.end(i);
  }

  /** Where piece {@code i} begins, in code points. */
  public int codePointStart(int i) {
    return textOf(i).codePointCount(0, start(i));
  }

  /** Where piece {@code i} ends (exclusive), in code points. */
  public int codePointEnd(int i) {
    return textOf(i).codePointCount(0, end(i));
  }

  /** The part of the text piece {@code i} stands for; empty for special tokens that were added. */
  public String surface(int i) {
    return textOf(i).substring(start(i), end(i));
  }

  private String textOf(int i) {
    return pieces.sequence(i) == 1 ? pair : text;
  }

  /** Whether piece {@code i} was added by the tokenizer rather than found in the text. */
  public boolean isSpecial(int i) {
    return pieces.isSpecial(i);
  }

  /** Whether piece {@code i} stands for something the vocabulary cannot express. */
  public boolean isUnknown(int i) {
    return tokenizer.unknownId().orElse(-1) == id(i) && !isSpecial(i);
  }

  /**
   * Which word of the pre-tokenized text piece {@code i} belongs to, -1 for special tokens that
   * were added.
   */
  public int word(int i) {
    return pieces.word(i);
  }

  /**
   * Segment of piece {@code i}: 0, or 1 for the second text of a pair in models that tell them
   * apart.
   */
  public int typeId(int i) {
    return pieces.type(i);
  }

  /** Segments of the pieces, {@code [piece]}; a copy. */
  public int[] typeIds() {
    return pieces.types();
  }

  /** 1 for pieces the tokenizer added, 0 for pieces of the text, {@code [piece]}. */
  public int[] specialTokensMask() {
    int[] mask = new int[size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = isSpecial(i) ? 1 : 0;
    }
    return mask;
  }

  /** The parts that did not fit the length asked for, in order; empty where nothing was cut. */
  public List<Encoding> overflow() {
    return overflow;
  }

  /** Number of pieces that stand for text. */
  public int textPieces() {
    int count = 0;
    for (int i = 0; i < size(); i++) {
      count += isSpecial(i) ? 0 : 1;
    }
    return count;
  }

  @Override
  public String toString() {
    return "Encoding" + pieces();
  }
}
