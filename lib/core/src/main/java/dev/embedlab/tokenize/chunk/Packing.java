package dev.embedlab.tokenize.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts neighbouring parts together as long as they fit, and cuts those that do not fit by
 * themselves.
 */
record Packing(String text, TokenBudget budget) {

  /** The part, or pieces of it cut between words, at worst between characters. */
  List<Span> fitting(Span part) {
    if (budget.fits(text, part)) {
      return List.of(part);
    }
    List<Span> words = Sentences.words(text, part);
    if (words.size() > 1) {
      return together(words.stream().flatMap(word -> fitting(word).stream()).toList());
    }
    List<Span> characters = Sentences.characters(text, part);
    return characters.size() > 1 ? together(characters) : List.of(part);
  }

  /** Joins neighbours from left to right, each result as long as fits. */
  List<Span> together(List<Span> parts) {
    List<Span> joined = new ArrayList<>();
    for (int from = 0; from < parts.size(); ) {
      int to = longestFitting(parts, from);
      joined.add(parts.get(from).to(parts.get(to - 1)));
      from = to;
    }
    return joined;
  }

  /** Doubles, then halves, so that long texts are not tokenized once for every part. */
  private int longestFitting(List<Span> parts, int from) {
    int fits = from + 1;
    int step = 1;
    while (fits + step <= parts.size() && fits(parts, from, fits + step)) {
      fits += step;
      step *= 2;
    }
    for (; step > 0; step /= 2) {
      if (fits + step <= parts.size() && fits(parts, from, fits + step)) {
        fits += step;
      }
    }
    return fits;
  }

  private boolean fits(List<Span> parts, int from, int to) {
    return budget.fits(text, parts.get(from).to(parts.get(to - 1)));
  }
}
