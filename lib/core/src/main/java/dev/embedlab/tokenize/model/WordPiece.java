package dev.embedlab.tokenize.model;

/**
 * Splits a word into the longest pieces from the left, as BERT does; a word that does not come out
 * even is unknown as a whole.
 *
 * <p>Source: Wu et al., <i>Google's Neural Machine Translation System</i>, 2016; the published code
 * of BERT.
 */
public final class WordPiece implements SubwordModel {

  /** Prefix of pieces inside a word, in BERT's vocabularies. */
  public static final String BERT_PREFIX = "##";

  /** Words with more characters are unknown, in BERT. */
  public static final int BERT_LONGEST_WORD = 100;

  private final Vocabulary vocabulary;
  private final String unknownPiece;
  private final String continuingPrefix;
  private final int longestWord;
  private final int unknownId;
  private final CharTable heads;
  private final CharTable tails;
  private final WordCache cache = new WordCache();

  /**
   * As BERT has it: unknown piece {@code [UNK]}, prefix {@code ##}, words of at most 100
   * characters.
   */
  public WordPiece(Vocabulary vocabulary) {
    this(vocabulary, "[UNK]", BERT_PREFIX, BERT_LONGEST_WORD);
  }

  /**
   * @param vocabulary pieces; those inside a word begin with {@code continuingPrefix}
   * @param unknownPiece stands for a word that cannot be split
   * @param continuingPrefix marks pieces inside a word
   * @param longestWord code points; longer words are unknown
   * @throws IllegalArgumentException if the unknown piece is not in the vocabulary
   */
  public WordPiece(
      Vocabulary vocabulary, String unknownPiece, String continuingPrefix, int longestWord) {
    this.vocabulary = vocabulary;
    this.unknownPiece = unknownPiece;
    this.continuingPrefix = continuingPrefix;
    this.longestWord = longestWord;
    this.unknownId = vocabulary.idOrMinusOne(unknownPiece);
    if (unknownId < 0) {
      throw new IllegalArgumentException(
          "The vocabulary lacks the unknown piece '%s'; add it to the special tokens."
              .formatted(unknownPiece));
    }
    heads = new CharTable(vocabulary.size());
    tails = new CharTable(vocabulary.size());
    vocabulary
        .asMap()
        .forEach(
            (piece, id) -> {
              heads.put(piece, id);
              if (piece.startsWith(continuingPrefix)) {
                tails.put(piece.substring(continuingPrefix.length()), id);
              }
            });
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int unknownId() {
    return unknownId;
  }

  public String unknownPiece() {
    return unknownPiece;
  }

  public String continuingPrefix() {
    return continuingPrefix;
  }

  public int longestWord() {
    return longestWord;
  }

  @Override
  public void split(char[] chars, int from, int to, PieceSink sink) {
    cache.split(chars, from, to, sink, this::splitUncached);
  }

  private void splitUncached(char[] chars, int from, int to, PieceSink sink) {
    int units = to - from;
    if (units > longestWord && Character.codePointCount(chars, from, units) > longestWord) {
      sink.piece(unknownId, from, to);
      return;
    }
    int[] ids = new int[units];
    int[] ends = new int[units];
    int size = 0;
    for (int start = from; start < to; start = ends[size - 1]) {
      CharTable table = start == from ? heads : tails;
      int end = Math.min(to, start + table.longest());
      int id = -1;
      while (end > start && (id = table.get(chars, start, end)) < 0) {
        end--;
      }
      if (id < 0) {
        sink.piece(unknownId, from, to);
        return;
      }
      ids[size] = id;
      ends[size++] = end;
    }
    for (int i = 0, start = from; i < size; start = ends[i++]) {
      sink.piece(ids[i], start, ends[i]);
    }
  }
}
