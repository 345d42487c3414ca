package dev.embedlab.tokenize;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts special tokens around one text or two.
 *
 * @param single the parts of an encoding of one text
 * @param pair the parts of an encoding of two texts
 * @param trimOffsets whether offsets leave out the blanks that byte-level pieces carry
 * @param keepPrefixSpace whether the first piece keeps its blank in the offsets, because it was put
 *     there
 */
public record PostProcessor(
    List<Part> single, List<Part> pair, boolean trimOffsets, boolean keepPrefixSpace) {

  /** One element of a template. */
  public sealed interface Part {
    /** Segment number the pieces get. */
    int typeId();
  }

  /**
   * The pieces of a text.
   *
   * @param sequence 0 for the first text, 1 for the second
   * @param typeId segment number
   */
  public record Sequence(int sequence, int typeId) implements Part {}

  /**
   * A special token.
   *
   * @param token as it is written
   * @param id its number
   * @param typeId segment number
   */
  public record Special(String token, int id, int typeId) implements Part {}

  public PostProcessor {
    single = List.copyOf(single);
    pair = List.copyOf(pair);
  }

  /** The same without a change of offsets. */
  PostProcessor withOffsetsAsTheyAre() {
    return new PostProcessor(single, pair, false, false);
  }

  /** Adds nothing. */
  public static PostProcessor none() {
    return new PostProcessor(
        List.of(new Sequence(0, 0)), List.of(new Sequence(0, 0), new Sequence(1, 1)), false, false);
  }

  /** {@code [CLS] text [SEP]} and {@code [CLS] text [SEP] text [SEP]}. */
  public static PostProcessor bert(String cls, int clsId, String sep, int sepId) {
    Special end = new Special(sep, sepId, 0);
    List<Part> single = List.of(new Special(cls, clsId, 0), new Sequence(0, 0), end);
    List<Part> pair = new ArrayList<>(single);
    pair.add(new Sequence(1, 1));
    pair.add(new Special(sep, sepId, 1));
    return new PostProcessor(single, pair, false, false);
  }

  public PostProcessor withTrimmedOffsets(boolean keepPrefix) {
    return new PostProcessor(single, pair, true, keepPrefix);
  }

  /** How many special tokens it adds to one text or to two. */
  public int added(boolean isPair) {
    return (int) (isPair ? pair : single).stream().filter(Special.class::isInstance).count();
  }
}
