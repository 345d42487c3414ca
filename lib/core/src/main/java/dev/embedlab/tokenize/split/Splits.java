package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.NormalizedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text and the words it has been cut into: ranges of UTF-16 units, in order. Immutable. */
public final class Splits {

  private final NormalizedText text;
  private final int[] bounds;
  private final int size;

  private Splits(NormalizedText text, int[] bounds, int size) {
    this.text = text;
    this.bounds = bounds;
    this.size = size;
  }

  /** The whole text as one word; no word where the text is empty. */
  public static Splits whole(NormalizedText text) {
    return new Splits(text, new int[] {0, text.length()}, text.length() == 0 ? 0 : 1);
  }

  /** The text the ranges refer to. */
  public NormalizedText text() {
    return text;
  }

  /** Number of words. */
  public int size() {
    return size;
  }

  /** Where word {@code i} begins. */
  public int from(int i) {
    return bounds[2 * i];
  }

  /** Where word {@code i} ends (exclusive). */
  public int to(int i) {
    return bounds[2 * i + 1];
  }

  /** The words as strings. */
  public List<String> words() {
    List<String> words = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      words.add(new String(text.chars(), from(i), to(i) - from(i)));
    }
    return words;
  }

  /** Cuts every word further. */
  Splits cut(Cutter cutter) {
    Builder out = new Builder(text, size * 2);
    for (int i = 0; i < size; i++) {
      cutter.cut(text, from(i), to(i), out);
    }
    return out.build();
  }

  /** Rewrites every word; the ranges follow. */
  Splits rewrite(Rewriter rewriter) {
    NormalizedText.Builder chars = new NormalizedText.Builder(text);
    int[] moved = new int[size * 2];
    for (int i = 0; i < size; i++) {
      moved[2 * i] = chars.length();
      rewriter.rewrite(text, from(i), to(i), chars);
      moved[2 * i + 1] = chars.length();
    }
    return new Splits(chars.build(), moved, size);
  }

  /** The same ranges over other characters, one for one. */
  Splits withText(NormalizedText sameLength) {
    return new Splits(sameLength, bounds, size);
  }

  /** Cuts the word {@code [from, to)}. */
  @FunctionalInterface
  interface Cutter {
    void cut(NormalizedText text, int from, int to, Builder out);
  }

  /** Writes the word {@code [from, to)} anew. */
  @FunctionalInterface
  interface Rewriter {
    void rewrite(NormalizedText text, int from, int to, NormalizedText.Builder out);
  }

  /** Collects words; empty ones are left out. */
  static final class Builder {

    private final NormalizedText text;
    private int[] bounds;
    private int size;

    Builder(NormalizedText text, int capacity) {
      this.text = text;
      this.bounds = new int[Math.max(32, capacity)];
    }

    void add(int from, int to) {
      if (from >= to) {
        return;
      }
      if (2 * size == bounds.length) {
        bounds = Arrays.copyOf(bounds, bounds.length * 2);
      }
      bounds[2 * size] = from;
      bounds[2 * size + 1] = to;
      size++;
    }

    Splits build() {
      return new Splits(text, bounds, size);
    }
  }
}
