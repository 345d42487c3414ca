package dev.embedlab.tokenize.inspect;

import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a model with a limited input never sees.
 *
 * @param limit pieces the model reads, special tokens included
 * @param texts number of texts
 * @param cut texts that are longer
 * @param characters code units of all texts
 * @param lostCharacters code units behind the cut
 */
public record ContextWindow(int limit, int texts, int cut, long characters, long lostCharacters) {

  /** The limits of common models. */
  private static final int[] COMMON = {128, 256, 512, 8192};

  /** One report for each of 128, 256, 512 and 8192. */
  public static List<ContextWindow> common(Tokenizer tokenizer, Collection<String> texts) {
    return of(tokenizer, texts, COMMON);
  }

  /**
   * One report for each limit.
   *
   * @throws IllegalArgumentException if a limit leaves no room beside the special tokens
   */
  public static List<ContextWindow> of(
      Tokenizer tokenizer, Collection<String> texts, int... limits) {
    int special = tokenizer.encode("").size();
    List<Encoding> encodings = tokenizer.encodeAll(texts);
    List<ContextWindow> reports = new ArrayList<>();
    for (int limit : limits) {
      if (limit <= special) {
        throw new IllegalArgumentException(
            "A window of %d pieces leaves no room beside %d special tokens; raise it."
                .formatted(limit, special));
      }
      reports.add(report(encodings, limit, special));
    }
    return reports;
  }

  private static ContextWindow report(List<Encoding> encodings, int limit, int special) {
    int cut = 0;
    long characters = 0;
    long lost = 0;
    for (Encoding encoding : encodings) {
      characters += encoding.text().length();
      if (encoding.size() > limit) {
        cut++;
        lost += encoding.text().length() - endOfPiece(encoding, limit - special);
      }
    }
    return new ContextWindow(limit, encodings.size(), cut, characters, lost);
  }

  /** Where the last of so many pieces of text ends. */
  private static int endOfPiece(Encoding encoding, int count) {
    int seen = 0;
    for (int i = 0; i < encoding.size(); i++) {
      if (!encoding.isSpecial(i) && ++seen == count) {
        return encoding.end(i);
      }
    }
    return encoding.text().length();
  }

  /** Share of the texts that are cut, 0 to 1. */
  public double cutShare() {
    return texts == 0 ? 0 : (double) cut / texts;
  }

  /** Share of all text that is lost, 0 to 1. */
  public double lostShare() {
    return characters == 0 ? 0 : (double) lostCharacters / characters;
  }

  @Override
  public String toString() {
    return "window of %d: %d of %d texts cut (%.1f %%), %.1f %% of the text lost"
        .formatted(limit, cut, texts, 100 * cutShare(), 100 * lostShare());
  }
}
