package dev.embedlab.tokenize.model;

import java.util.List;

/**
 * Byte-pair encoding: a word starts as its characters, and the merge learnt earliest is applied
 * first, until none applies.
 *
 * <p>Sources: Sennrich, Haddow and Birch, <i>Neural Machine Translation of Rare Words with Subword
 * Units</i>, 2016; Radford et al., <i>Language Models are Unsupervised Multitask Learners</i>,
 * 2019, for bytes as characters.
 */
public final class Bpe implements SubwordModel {

  private final Vocabulary vocabulary;
  private final List<Merge> merges;
  private final BpeOptions options;
  private final int unknownId;
  private final SymbolTable symbols;
  private final ByteFallback bytes;
  private final CharTable words;
  private final LongIntMap ranks;
  private final int[] mergedId;
  private final WordCache cache = new WordCache();

  /**
   * @param vocabulary holds both sides and the result of every merge
   * @param merges in the order they were learnt
   * @param options what differs between BPE models
   * @throws IllegalArgumentException if a merge or the unknown piece is not in the vocabulary
   */
  public Bpe(Vocabulary vocabulary, List<Merge> merges, BpeOptions options) {
    this.vocabulary = vocabulary;
    this.merges = List.copyOf(merges);
    this.options = options;
    this.unknownId =
        options.unknownPiece().map(piece -> require(piece, "unknown piece")).orElse(-1);
    this.symbols =
        new SymbolTable(vocabulary, options.continuingPrefix(), options.endOfWordSuffix());
    this.bytes = new ByteFallback(vocabulary);
    this.words = new CharTable(options.ignoreMerges() ? vocabulary.size() : 1);
    if (options.ignoreMerges()) {
      vocabulary.asMap().forEach(words::put);
    }
    this.ranks = new LongIntMap(merges.size());
    this.mergedId = new int[merges.size()];
    for (int rank = 0; rank < mergedId.length; rank++) {
      addMerge(merges.get(rank), rank);
    }
  }

  private void addMerge(Merge merge, int rank) {
    int left = require(merge.left(), "left side of merge " + rank);
    int right = require(merge.right(), "right side of merge " + rank);
    String tail = merge.right();
    String prefix = options.continuingPrefix();
    if (!prefix.isEmpty() && tail.startsWith(prefix)) {
      tail = tail.substring(prefix.length());
    }
    mergedId[rank] = require(merge.left() + tail, "result of merge " + rank);
    ranks.put(LongIntMap.key(left, right), rank);
  }

  private int require(String piece, String role) {
    int id = vocabulary.idOrMinusOne(piece);
    if (id < 0) {
      throw new IllegalArgumentException(
          "The vocabulary lacks '%s', the %s; vocabulary and merges must come from the same model."
              .formatted(piece, role));
    }
    return id;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The merges in the order they were learnt. */
  public List<Merge> merges() {
    return merges;
  }

  public BpeOptions options() {
    return options;
  }

  @Override
  public int unknownId() {
    return unknownId;
  }

  @Override
  public void split(char[] chars, int from, int to, PieceSink sink) {
    cache.split(chars, from, to, sink, this::splitUncached);
  }

  private void splitUncached(char[] chars, int from, int to, PieceSink sink) {
    int whole = options.ignoreMerges() ? words.get(chars, from, to) : -1;
    if (whole >= 0) {
      sink.piece(whole, from, to);
      return;
    }
    MergeChain chain = new MergeChain(to - from, options.byteFallback() ? 4 : 1);
    for (int i = from; i < to; ) {
      int next = i + Character.charCount(Character.codePointAt(chars, i, to));
      int id = symbols.id(chars, i, next, i == from, next == to);
      if (id >= 0) {
        chain.add(id, i, next);
      } else {
        addUnknown(chain, chars, i, next);
      }
      i = next;
    }
    chain.merge(ranks, mergedId);
    chain.emit(sink);
  }

  private void addUnknown(MergeChain chain, char[] chars, int from, int to) {
    int[] spelled = options.byteFallback() ? bytes.ids(chars, from, to) : new int[0];
    for (int id : spelled) {
      chain.add(id, from, to);
    }
    if (spelled.length == 0 && unknownId >= 0) {
      if (options.fuseUnknown() && chain.endsWith(unknownId, from)) {
        chain.extendLast(to);
      } else {
        chain.add(unknownId, from, to);
      }
    }
  }
}
