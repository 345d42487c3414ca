package dev.embedlab.input;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.util.Arrays;

/**
 * The special tokens around texts, learnt by encoding a letter and looking at what is added: {@code
 * [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}, or whatever the tokenizer does.
 */
final class SpecialTokens {

  private static final String PROBE = "a";

  /** Ids that are added, and the segment of each. */
  private record Run(long[] ids, long[] types) {
    static final Run EMPTY = new Run(new long[0], new long[0]);

    static Run slice(Encoding encoding, int from, int to) {
      return new Run(
          Arrays.copyOfRange(encoding.getIds(), from, to),
          Arrays.copyOfRange(encoding.getTypeIds(), from, to));
    }

    int length() {
      return ids.length;
    }
  }

  /** Runs before, between and after the texts, and the segments of the texts. */
  private record Template(Run before, Run between, Run after, long firstType, long secondType) {
    static final Template EMPTY = new Template(Run.EMPTY, Run.EMPTY, Run.EMPTY, 0, 0);

    int length() {
      return before.length() + between.length() + after.length();
    }
  }

  private final Template single;
  private final Template pair;

  private SpecialTokens(Template single, Template pair) {
    this.single = single;
    this.pair = pair;
  }

  static SpecialTokens none() {
    return new SpecialTokens(Template.EMPTY, Template.EMPTY);
  }

  static SpecialTokens of(HuggingFaceTokenizer tokenizer) {
    int content = tokenizer.encode(PROBE, false, false).getIds().length;
    return new SpecialTokens(
        singleTemplate(tokenizer.encode(PROBE, true, false), content),
        pairTemplate(tokenizer.encode(PROBE, PROBE, true, false), content));
  }

  private static Template singleTemplate(Encoding encoding, int content) {
    int start = contentStart(encoding, 0);
    long type = typeAt(encoding, start);
    return new Template(
        Run.slice(encoding, 0, start),
        Run.EMPTY,
        Run.slice(encoding, start + content, encoding.getIds().length),
        type,
        0);
  }

  private static Template pairTemplate(Encoding encoding, int content) {
    int first = contentStart(encoding, 0);
    int second = contentStart(encoding, first + content);
    return new Template(
        Run.slice(encoding, 0, first),
        Run.slice(encoding, first + content, second),
        Run.slice(encoding, second + content, encoding.getIds().length),
        typeAt(encoding, first),
        typeAt(encoding, second));
  }

  private static int contentStart(Encoding encoding, int from) {
    long[] mask = encoding.getSpecialTokenMask();
    int i = from;
    while (i < mask.length && mask[i] == 1) {
      i++;
    }
    return i;
  }

  private static long typeAt(Encoding encoding, int position) {
    long[] types = encoding.getTypeIds();
    return position < types.length ? types[position] : 0;
  }

  /** Number of tokens added to one text. */
  int single() {
    return single.length();
  }

  /** Number of tokens added to a pair. */
  int pair() {
    return pair.length();
  }

  /** Whether this id ends a text rather than belonging to it. */
  boolean closes(long id, TokenizerSettings settings) {
    return settings.specialIds().contains(id)
        || Arrays.stream(single.after().ids()).anyMatch(other -> other == id);
  }

  Builder wrap(long[] text) {
    Builder out = new Builder(single.length() + text.length);
    out.add(single.before()).add(text, single.firstType()).add(single.after());
    return out;
  }

  Builder wrap(long[] first, long[] second) {
    Builder out = new Builder(pair.length() + first.length + second.length);
    out.add(pair.before()).add(first, pair.firstType()).add(pair.between());
    return out.add(second, pair.secondType()).add(pair.after());
  }

  /** Fills ids and segments from left to right. */
  static final class Builder {
    private final long[] ids;
    private final long[] types;
    private int position;

    private Builder(int length) {
      ids = new long[length];
      types = new long[length];
    }

    private Builder add(Run run) {
      System.arraycopy(run.types(), 0, types, position, run.length());
      System.arraycopy(run.ids(), 0, ids, position, run.length());
      position += run.length();
      return this;
    }

    private Builder add(long[] text, long type) {
      Arrays.fill(types, position, position + text.length, type);
      System.arraycopy(text, 0, ids, position, text.length);
      position += text.length;
      return this;
    }

    TokenizedText cut(int cutTokens) {
      return new TokenizedText(ids, types, cutTokens);
    }
  }
}
