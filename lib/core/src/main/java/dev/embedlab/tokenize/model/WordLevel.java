package dev.embedlab.tokenize.model;

/** One piece a word, or the unknown piece. */
public final class WordLevel implements SubwordModel {

  private final Vocabulary vocabulary;
  private final String unknownPiece;
  private final int unknownId;
  private final CharTable words;

  /**
   * @param vocabulary the words
   * @param unknownPiece stands for all other words
   */
  public WordLevel(Vocabulary vocabulary, String unknownPiece) {
    this.vocabulary = vocabulary;
    this.unknownPiece = unknownPiece;
    this.unknownId = vocabulary.idOrMinusOne(unknownPiece);
    this.words = new CharTable(vocabulary.size());
    vocabulary.asMap().forEach(words::put);
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public String unknownPiece() {
    return unknownPiece;
  }

  @Override
  public int unknownId() {
    return unknownId;
  }

  /**
   * @throws IllegalArgumentException if the word is not in the vocabulary and neither is the
   *     unknown piece
   */
  @Override
  public void split(char[] chars, int from, int to, PieceSink sink) {
    int id = words.get(chars, from, to);
    if (id < 0 && unknownId < 0) {
      throw new IllegalArgumentException(
          "'%s' is not in the vocabulary, nor is the unknown piece '%s'; add it to the special tokens."
              .formatted(new String(chars, from, to - from), unknownPiece));
    }
    sink.piece(id < 0 ? unknownId : id, from, to);
  }
}
