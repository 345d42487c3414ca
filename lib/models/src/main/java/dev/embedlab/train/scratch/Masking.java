package dev.embedlab.train.scratch;

import dev.embedlab.input.TokenizedText;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Hides some of a text's pieces: 15 % of them are to be guessed, of which 80 % become {@code
 * [MASK]}, 10 % any other piece and 10 % stay. By whole words, all pieces of a word go together, or
 * the rest of a word would give the hidden piece away.
 *
 * <p>Source: Devlin et al., "BERT" (2018), and the whole-word masking of its second release.
 */
final class Masking {

  static final double SHARE = 0.15;

  private final boolean[] special;
  private final boolean[] continues;
  private final long mask;
  private final boolean wholeWords;

  Masking(TokenizerPipeline tokenizer, boolean wholeWords) {
    int size = tokenizer.vocabularySize();
    this.special = new boolean[size];
    this.continues = new boolean[size];
    this.wholeWords = wholeWords;
    this.mask =
        tokenizer
            .id("[MASK]")
            .orElseThrow(
                () ->
                    new IllegalArgumentException("The tokenizer has no piece [MASK] to hide by."));
    Set<String> kept = Set.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    for (int id = 0; id < size; id++) {
      String piece = tokenizer.piece(id);
      special[id] = kept.contains(piece);
      continues[id] = piece.startsWith("##");
    }
  }

  /**
   * @param text with the pieces hidden
   * @param positions of the pieces to guess, ascending
   * @param answers what they were
   */
  record Masked(TokenizedText text, int[] positions, long[] answers) {}

  /** Whether the text has a piece to guess; one of unknown pieces has none. */
  boolean hidesAnyOf(TokenizedText text) {
    return Arrays.stream(text.ids()).anyMatch(id -> !special[(int) id]);
  }

  Masked apply(TokenizedText text, Random random) {
    List<int[]> words = words(text.ids());
    Collections.shuffle(words, random);
    int pieces = words.stream().mapToInt(word -> word[1] - word[0]).sum();
    int wanted = Math.max(1, (int) Math.round(SHARE * pieces));
    List<Integer> chosen = new ArrayList<>();
    for (int[] word : words) {
      boolean fits = chosen.size() + word[1] - word[0] <= wanted || chosen.isEmpty();
      for (int i = word[0]; i < word[1] && fits; i++) {
        chosen.add(i);
      }
      if (chosen.size() >= wanted) {
        break;
      }
    }
    Collections.sort(chosen);
    int[] positions = chosen.stream().mapToInt(Integer::intValue).toArray();
    long[] ids = text.ids().clone();
    long[] answers = Arrays.stream(positions).mapToLong(i -> ids[i]).toArray();
    for (int position : positions) {
      ids[position] = hidden(ids[position], random);
    }
    return new Masked(new TokenizedText(ids, text.typeIds(), text.cutTokens()), positions, answers);
  }

  private long hidden(long id, Random random) {
    double dice = random.nextDouble();
    if (dice < 0.8) {
      return mask;
    }
    return dice < 0.9 ? random.nextInt(special.length) : id;
  }

  /** Runs of positions [from, to) that are hidden together. */
  private List<int[]> words(long[] ids) {
    List<int[]> words = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (special[(int) ids[i]]) {
        continue;
      }
      int[] last = words.isEmpty() ? new int[] {0, -1} : words.getLast();
      if (wholeWords && continues[(int) ids[i]] && last[1] == i) {
        last[1]++;
      } else {
        words.add(new int[] {i, i + 1});
      }
    }
    return words;
  }
}
