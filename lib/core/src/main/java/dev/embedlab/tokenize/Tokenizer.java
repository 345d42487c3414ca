package dev.embedlab.tokenize;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Turns text into the numbers a model reads, and back. Safe for several threads. */
public interface Tokenizer {

  /** The whole text with the special tokens of the model around it; never cut, however long. */
  default Encoding encode(String text) {
    return encode(text, EncodingOptions.standard());
  }

  /**
   * One text.
   *
   * @param text unpaired surrogates are read as U+FFFD where the tokenizer works on bytes
   * @param options special tokens, and where to cut
   */
  Encoding encode(String text, EncodingOptions options);

  /** Two texts as one input, as cross-encoders read a query and a document. */
  Encoding encodePair(String first, String second, EncodingOptions options);

  /** Many texts at once, on all cores, in the order given. */
  default List<Encoding> encodeAll(Collection<String> texts, EncodingOptions options) {
    return texts.parallelStream().map(text -> encode(text, options)).toList();
  }

  /** Many texts at once with special tokens, none cut. */
  default List<Encoding> encodeAll(Collection<String> texts) {
    return encodeAll(texts, EncodingOptions.standard());
  }

  /** The text of pieces, special tokens left out. */
  default String decode(int... ids) {
    return decode(ids, true);
  }

  /**
   * The text of pieces.
   *
   * @param ids numbers of pieces
   * @param skipSpecialTokens whether special tokens are left out
   * @throws IllegalArgumentException if a number is not in the vocabulary
   */
  String decode(int[] ids, boolean skipSpecialTokens);

  /** Number of pieces, added and special tokens included. */
  int vocabularySize();

  /** The number of a piece, empty where it is unknown. */
  OptionalInt id(String piece);

  /**
   * The piece of a number.
   *
   * @throws IllegalArgumentException if no piece has it
   */
  String piece(int id);

  /** The number of the piece for what the vocabulary cannot express, empty where there is none. */
  OptionalInt unknownId();
}
