package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.NormalizedText;
import java.util.function.IntPredicate;

/** Cuts at single characters. */
record CharacterCutter(IntPredicate isDelimiter, SplitBehavior behavior) implements Splits.Cutter {

  @Override
  public void cut(NormalizedText text, int from, int to, Splits.Builder out) {
    Delimited spans = new Delimited();
    int start = from;
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (isDelimiter.test(c)) {
        spans.add(start, i, false);
        spans.add(i, next, true);
        start = next;
      }
      i = next;
    }
    spans.add(start, to, false);
    spans.flush(behavior, out);
  }
}
