package dev.embedlab.train.scratch;

import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenizedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Cuts tokenized texts into the inputs of pretraining: pieces of a text that fill the model, or two
 * halves of which the second follows the first or comes from elsewhere.
 */
final class PretrainingTexts {

  /** One input, and whether its second half is the true one. */
  record Input(TokenizedText text, boolean follows) {}

  private final long first;
  private final long last;
  private final List<long[]> contents;
  private final int room;

  /**
   * @param tokenizer that cuts nothing off and puts one token in front and one behind
   * @param room longest input in tokens, special tokens included
   */
  PretrainingTexts(TextTokenizer tokenizer, List<String> texts, int room) {
    long[] frame = tokenizer.encode("").ids();
    if (frame.length != 2) {
      throw new IllegalArgumentException(
          "The tokenizer puts %d tokens around a text; pretraining needs one that puts [CLS] before and [SEP] after."
              .formatted(frame.length));
    }
    this.first = frame[0];
    this.last = frame[1];
    this.room = room;
    this.contents =
        texts.parallelStream()
            .map(tokenizer::encode)
            .map(text -> Arrays.copyOfRange(text.ids(), 1, text.length() - 1))
            .filter(ids -> ids.length > 1)
            .toList();
    if (contents.size() < 2) {
      throw new IllegalArgumentException(
          "Pretraining needs at least two texts of two tokens or more.");
    }
  }

  /** The inputs of one epoch, in random order. */
  List<Input> epoch(boolean pairs, Random random) {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      if (pairs) {
        pairs(i, random, inputs::add);
      } else {
        singles(contents.get(i), inputs::add);
      }
    }
    Collections.shuffle(inputs, random);
    return inputs;
  }

  private void singles(long[] ids, Consumer<Input> out) {
    int size = room - 2;
    for (int from = 0; from < ids.length; from += size) {
      out.accept(new Input(join(cut(ids, from, size)), true));
    }
  }

  private void pairs(int text, Random random, Consumer<Input> out) {
    long[] ids = contents.get(text);
    int half;
    for (int from = 0; ids.length - from > 1; from += 2 * half) {
      half = Math.min((room - 3) / 2, (ids.length - from) / 2);
      boolean follows = random.nextBoolean();
      long[] second = follows ? cut(ids, from + half, half) : elsewhere(text, half, random);
      out.accept(new Input(join(cut(ids, from, half), second), follows));
    }
  }

  private long[] elsewhere(int not, int size, Random random) {
    int other = random.nextInt(contents.size() - 1);
    long[] ids = contents.get(other >= not ? other + 1 : other);
    return cut(ids, random.nextInt(Math.max(1, ids.length - size)), size);
  }

  private static long[] cut(long[] ids, int from, int size) {
    return Arrays.copyOfRange(ids, from, Math.min(ids.length, from + size));
  }

  private TokenizedText join(long[]... segments) {
    int length = 1 + Arrays.stream(segments).mapToInt(s -> s.length + 1).sum();
    long[] ids = new long[length];
    long[] types = new long[length];
    ids[0] = first;
    int next = 1;
    for (int segment = 0; segment < segments.length; segment++) {
      System.arraycopy(segments[segment], 0, ids, next, segments[segment].length);
      int end = next + segments[segment].length;
      ids[end] = last;
      Arrays.fill(types, next, end + 1, segment);
      next = end + 1;
    }
    return new TokenizedText(ids, types, 0);
  }
}
