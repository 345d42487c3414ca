package dev.embedlab.tokenize.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes every byte of the UTF-8 form as one printable character, as GPT-2 does, so that no text is
 * ever unknown.
 *
 * <p>Printable Latin-1 characters stand for themselves, the other 68 bytes for the characters from
 * U+0100 on; a blank is therefore written as {@code Ġ}. Unpaired surrogates, which UTF-8 cannot
 * hold, become U+FFFD.
 *
 * <p>Source: Radford et al., <i>Language Models are Unsupervised Multitask Learners</i>, 2019, and
 * its published code.
 */
public record ByteCharacters() implements Normalizer {

  private static final char[] CHAR_OF_BYTE = new char[256];
  private static final byte[] BYTE_OF_CHAR = new byte[0x144];
  private static final boolean[] IS_BYTE_CHAR = new boolean[0x144];

  static {
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      CHAR_OF_BYTE[b] = (char) (printable ? b : next++);
      BYTE_OF_CHAR[CHAR_OF_BYTE[b]] = (byte) b;
      IS_BYTE_CHAR[CHAR_OF_BYTE[b]] = true;
    }
  }

  /** The character that stands for a byte, 0 to 255. */
  public static char charOf(int unsignedByte) {
    return CHAR_OF_BYTE[unsignedByte];
  }

  /** All 256 characters in byte order: the initial alphabet of a byte-level vocabulary. */
  public static char[] alphabet() {
    return CHAR_OF_BYTE.clone();
  }

  /** The text that byte characters stand for; bytes that are not UTF-8 become U+FFFD. */
  public static String decode(String byteCharacters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(byteCharacters.length());
    for (int i = 0; i < byteCharacters.length(); ) {
      int c = byteCharacters.codePointAt(i);
      i += Character.charCount(c);
      if (c < IS_BYTE_CHAR.length && IS_BYTE_CHAR[c]) {
        bytes.write(BYTE_OF_CHAR[c]);
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public NormalizedText normalize(NormalizedText text) {
    char[] ascii = asciiOneForOne(text);
    if (ascii != null) {
      return text.withChars(ascii);
    }
    NormalizedText.Builder out = new NormalizedText.Builder(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      append(out, c, i, next);
      i = next;
    }
    return out.build();
  }

  private static char[] asciiOneForOne(NormalizedText text) {
    char[] source = text.chars();
    char[] out = new char[text.length()];
    for (int i = 0; i < out.length; i++) {
      if (source[i] >= 128) {
        return null;
      }
      out[i] = CHAR_OF_BYTE[source[i]];
    }
    return out;
  }

  /** Adds the bytes of one code point to a text under construction. */
  public static void append(NormalizedText.Builder out, int codePoint, int from, int to) {
    int c = codePoint >= 0xD800 && codePoint < 0xE000 ? 0xFFFD : codePoint;
    if (c < 0x80) {
      out.add(CHAR_OF_BYTE[c], from, to);
    } else if (c < 0x800) {
      out.add(CHAR_OF_BYTE[0xC0 | c >> 6], from, to);
      out.add(CHAR_OF_BYTE[0x80 | c & 0x3F], from, to);
    } else {
      if (c < 0x10000) {
        out.add(CHAR_OF_BYTE[0xE0 | c >> 12], from, to);
      } else {
        out.add(CHAR_OF_BYTE[0xF0 | c >> 18], from, to);
        out.add(CHAR_OF_BYTE[0x80 | c >> 12 & 0x3F], from, to);
      }
      out.add(CHAR_OF_BYTE[0x80 | c >> 6 & 0x3F], from, to);
      out.add(CHAR_OF_BYTE[0x80 | c & 0x3F], from, to);
    }
  }
}
