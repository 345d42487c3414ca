package dev.embedlab.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * Checks the table of replacements of SentencePiece's normalizer. The native tokenizer ends the
 * process over a damaged one, when it is opened or at some later text.
 *
 * <p>Format: length of the trie in bytes, the trie as a double array of 32-bit units, then the
 * replacements, each ending with a zero byte; see SentencePiece's {@code normalizer.cc} and
 * Darts-clone.
 */
final class Charsmap {

  private static final int LENGTH = Integer.BYTES;

  private final Path file;
  private final IntBuffer units;
  private final byte[] replacements;

  private Charsmap(Path file, byte[] table) {
    this.file = file;
    ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    long length = table.length < LENGTH ? -1 : Integer.toUnsignedLong(bytes.getInt());
    if (length < LENGTH || length % LENGTH != 0 || length > bytes.remaining()) {
      throw damaged();
    }
    this.units = bytes.slice(LENGTH, (int) length).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    this.replacements = new byte[table.length - LENGTH - (int) length];
    bytes.get(LENGTH + (int) length, replacements);
  }

  /**
   * @param normalizer of a tokenizer, whose parts are looked at too
   * @throws ConfigException if it has a table that is damaged
   */
  static void check(JsonNode normalizer, Path file) {
    for (JsonNode part : normalizer.path("normalizers")) {
      check(part, file);
    }
    JsonNode table = normalizer.path("precompiled_charsmap");
    if (table.isTextual()) {
      try {
        new Charsmap(file, Base64.getDecoder().decode(table.textValue())).check();
      } catch (IllegalArgumentException e) {
        throw new ConfigException(file, "'precompiled_charsmap' is not Base64.");
      }
    }
  }

  private ConfigException damaged() {
    return new ConfigException(
        file, "'precompiled_charsmap' is damaged; copy the file anew from where it came.");
  }

  /** Walks every way through the trie that some text could take. */
  private void check() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
    } catch (CharacterCodingException e) {
      throw damaged();
    }
    BitSet seen = new BitSet();
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.add(offset(unit(0)));
    while (!waiting.isEmpty()) {
      int state = waiting.pop();
      for (int letter = 1; letter < 256; letter++) {
        int unit = unit(state ^ letter);
        if ((unit & 0x800000FF) == letter) {
          int next = state ^ letter ^ offset(unit);
          if (next >= units.limit()) {
            throw damaged();
          }
          if ((unit >>> 8 & 1) == 1) {
            requireReplacement(unit(next) & 0x7FFFFFFF);
          }
          if (!seen.get(next)) {
            seen.set(next);
            waiting.push(next);
          }
        }
      }
    }
  }

  private int unit(int position) {
    if (position < 0 || position >= units.limit()) {
      throw damaged();
    }
    return units.get(position);
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  private void requireReplacement(int start) {
    boolean within = start >= 0 && start <= replacements.length;
    // A replacement may not begin in the middle of a letter.
    if (!within || start < replacements.length && (replacements[start] & 0xC0) == 0x80) {
      throw damaged();
    }
  }
}
