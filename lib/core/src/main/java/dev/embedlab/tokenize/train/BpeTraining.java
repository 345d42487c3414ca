package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One run of BPE training: the vocabulary and the merges as they grow. */
final class BpeTraining {

  private final BpeTrainer options;
  private final WordCounts words;
  private final List<String> pieces = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Merge, Integer> merges = new LinkedHashMap<>();

  BpeTraining(BpeTrainer options, WordCounts words) {
    this.options = options;
    this.words = words;
  }

  /** Pieces in the order of their numbers. */
  List<String> pieces() {
    return pieces;
  }

  /** Merges in the order of their ranks. */
  List<Merge> merges() {
    return List.copyOf(merges.keySet());
  }

  void run() {
    options.specialTokens().forEach(this::add);
    List<Integer> alphabet = Alphabet.of(words, options.initialAlphabet(), options.limitAlphabet());
    alphabet.forEach(c -> add(Character.toString(c)));
    addAffixedLetters();
    PairQueue queue = new PairQueue(symbols(), options.maxTokenLength());
    while (pieces.size() < options.vocabularySize()) {
      PairQueue.Candidate best = queue.poll(Math.max(1, options.minFrequency()));
      if (best == null) {
        return;
      }
      merge(queue, best);
    }
  }

  private int add(String piece) {
    Integer known = ids.putIfAbsent(piece, pieces.size());
    if (known == null) {
      pieces.add(piece);
      return pieces.size() - 1;
    }
    return known;
  }

  /**
   * Letters inside a word or at its end are pieces of their own where they carry a prefix or
   * suffix.
   */
  private void addAffixedLetters() {
    if (options.continuingPrefix().isEmpty() && options.endOfWordSuffix().isEmpty()) {
      return;
    }
    Comparator<String> byLetter =
        Comparator.comparing(
                (String piece) ->
                    piece.substring(
                        piece.startsWith(options.continuingPrefix())
                            ? options.continuingPrefix().length()
                            : 0))
            .thenComparing(Comparator.naturalOrder());
    TreeSet<String> letters = new TreeSet<>(byLetter);
    for (int i = 0; i < words.size(); i++) {
      letters.addAll(symbolsOf(words.word(i)));
    }
    letters.forEach(this::add);
  }

  private List<String> symbolsOf(String word) {
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < word.length(); ) {
      int next = i + Character.charCount(word.codePointAt(i));
      String letter = word.substring(i, next);
      if (ids.containsKey(letter)) {
        String prefix = i == 0 ? "" : options.continuingPrefix();
        String suffix = next == word.length() ? options.endOfWordSuffix() : "";
        symbols.add(prefix + letter + suffix);
      }
      i = next;
    }
    return symbols;
  }

  private WordSymbols symbols() {
    WordSymbols symbols = new WordSymbols(words.size());
    boolean plain = options.continuingPrefix().isEmpty() && options.endOfWordSuffix().isEmpty();
    int[] idOfChar = plain ? singleCharIds() : new int[0];
    for (int i = 0; i < words.size(); i++) {
      if (plain) {
        addPlain(symbols, words.chars(i), idOfChar);
      } else {
        symbolsOf(words.word(i)).forEach(symbol -> symbols.append(ids.get(symbol)));
      }
      symbols.endWord(words.count(i));
    }
    return symbols;
  }

  private int[] singleCharIds() {
    int[] idOfChar = new int[0x10000];
    java.util.Arrays.fill(idOfChar, -1);
    ids.forEach(
        (piece, id) -> {
          if (piece.length() == 1) {
            idOfChar[piece.charAt(0)] = id;
          }
        });
    return idOfChar;
  }

  private void addPlain(WordSymbols symbols, char[] word, int[] idOfChar) {
    for (int i = 0; i < word.length; i++) {
      int id = idOfChar[word[i]];
      if (Character.isHighSurrogate(word[i])
          && i + 1 < word.length
          && Character.isLowSurrogate(word[i + 1])) {
        id = ids.getOrDefault(new String(word, i++, 2), -1);
      }
      if (id >= 0) {
        symbols.append(id);
      }
    }
  }

  private void merge(PairQueue queue, PairQueue.Candidate best) {
    String left = pieces.get(best.left());
    String right = pieces.get(best.right());
    String prefix = options.continuingPrefix();
    boolean prefixed = !prefix.isEmpty() && right.startsWith(prefix);
    int id = add(left + (prefixed ? right.substring(prefix.length()) : right));
    Merge merge = new Merge(left, right);
    // A pair can come up again for new occurrences; the later rank counts then, as in the
    // reference.
    merges.remove(merge);
    merges.put(merge, id);
    queue.merge(best, id);
  }
}
