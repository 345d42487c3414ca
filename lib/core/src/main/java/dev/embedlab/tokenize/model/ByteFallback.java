package dev.embedlab.tokenize.model;

import java.nio.charset.StandardCharsets;

/** The pieces {@code <0x00>} to {@code <0xFF>} that spell out characters a vocabulary lacks. */
final class ByteFallback {

  private final int[] idOfByte = new int[256];

  ByteFallback(Vocabulary vocabulary) {
    for (int b = 0; b < 256; b++) {
      idOfByte[b] = vocabulary.idOrMinusOne("<0x%02X>".formatted(b));
    }
  }

  /** The pieces of {@code chars[from, to)}, or an empty array where one is missing. */
  int[] ids(char[] chars, int from, int to) {
    byte[] bytes = new String(chars, from, to - from).getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ids[i] = idOfByte[bytes[i] & 0xFF];
      if (ids[i] < 0) {
        return new int[0];
      }
    }
    return ids;
  }
}
