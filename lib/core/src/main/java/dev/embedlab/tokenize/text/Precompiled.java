package dev.embedlab.tokenize.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The character map of a SentencePiece model: a double-array trie from UTF-8 sequences to their
 * replacements, as XLM-R and T5 carry it.
 *
 * <p>Source: SentencePiece {@code normalizer.cc} for the layout; user-perceived characters of fewer
 * than six bytes are looked up whole, then code point by code point, as Hugging Face tokenizers
 * does.
 */
public final class Precompiled implements Normalizer {

  private static final int LONGEST_WHOLE_GRAPHEME = 5;

  private final byte[] charsMap;
  private final int[] trie;
  private final byte[] replacements;

  /**
   * @param charsMap the bytes of {@code precompiled_charsmap}: a little-endian length, the trie,
   *     the replacements
   * @throws IllegalArgumentException if the bytes are cut short
   */
  public Precompiled(byte[] charsMap) {
    this.charsMap = charsMap.clone();
    ByteBuffer buffer = ByteBuffer.wrap(this.charsMap).order(ByteOrder.LITTLE_ENDIAN);
    int trieBytes = charsMap.length < 4 ? -1 : buffer.getInt();
    if (trieBytes < 0 || trieBytes > charsMap.length - 4 || trieBytes % 4 != 0) {
      throw new IllegalArgumentException(
          "precompiled_charsmap has %d bytes and names a trie of %d; the file is damaged."
              .formatted(charsMap.length, trieBytes));
    }
    trie = new int[trieBytes / 4];
    buffer.asIntBuffer().get(trie);
    replacements = Arrays.copyOfRange(charsMap, 4 + trieBytes, charsMap.length);
  }

  /** The bytes this map was read from. */
  public byte[] charsMap() {
    return charsMap.clone();
  }

  @Override
  public NormalizedText normalize(NormalizedText text) {
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    String string = text.toString();
    graphemes.setText(string);
    int from = 0;
    for (int to = graphemes.next(); to != BreakIterator.DONE; to = graphemes.next()) {
      appendGrapheme(out, string, from, to);
      from = to;
    }
    return out.build();
  }

  private void appendGrapheme(NormalizedText.Builder out, String text, int from, int to) {
    String grapheme = text.substring(from, to);
    byte[] bytes = grapheme.getBytes(StandardCharsets.UTF_8);
    String whole = bytes.length <= LONGEST_WHOLE_GRAPHEME ? find(bytes) : null;
    if (whole != null) {
      append(out, whole, from, to);
      return;
    }
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      String single = find(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      append(out, single != null ? single : Character.toString(c), i, next);
      i = next;
    }
  }

  private static void append(NormalizedText.Builder out, String replacement, int from, int to) {
    for (int i = 0; i < replacement.length(); i++) {
      out.add(replacement.charAt(i), from, to);
    }
  }

  /**
   * The replacement of the shortest known prefix of the key, as the reference takes it, or null.
   */
  private String find(byte[] key) {
    int node = 0;
    int unit = at(0);
    node ^= offset(unit);
    for (byte b : key) {
      int label = b & 0xFF;
      if (label == 0) {
        return null;
      }
      node ^= label;
      unit = at(node);
      if ((unit & 0x800000FF) != label) {
        return null;
      }
      node ^= offset(unit);
      if ((unit >>> 8 & 1) == 1) {
        return replacement(at(node) & 0x7FFFFFFF);
      }
    }
    return null;
  }

  private int at(int node) {
    return node >= 0 && node < trie.length ? trie[node] : 0;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private String replacement(int from) {
    int start = Math.min(from, replacements.length);
    int end = start;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    return new String(replacements, start, end - start, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Precompiled that && Arrays.equals(charsMap, that.charsMap);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(charsMap));
  }
}
