package dev.embedlab.tokenize.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Classes of characters as Hugging Face tokenizers 0.23 knows them. Its tables are older than this
 * JDK's Unicode, so for characters added since Unicode 8 the two differ; the ranges were read off
 * the reference through its public interface (see {@code character_classes.py} beside the tests).
 */
public final class CharacterClasses {

  private static final Map<String, BitSet> TABLES = load();
  private static final BitSet OTHER = TABLES.get("other");
  private static final BitSet PUNCTUATION = TABLES.get("punctuation");
  private static final BitSet NONSPACING_MARK = TABLES.get("nonspacing_mark");
  private static final BitSet MARK = TABLES.get("mark");
  private static final BitSet NOT_DECOMPOSED = TABLES.get("not_decomposed");

  private CharacterClasses() {}

  /** The Unicode property White_Space. */
  public static boolean isWhitespace(int c) {
    if (c < 128) {
      return c == ' ' || (c >= 9 && c <= 13);
    }
    return c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** Control, format and private-use characters, tab and line breaks included. */
  public static boolean isControl(int c) {
    return c < 128 ? c < 32 || c == 127 : OTHER.get(c);
  }

  /** ASCII symbols and Unicode punctuation, as BERT's tokenizer defines it. */
  public static boolean isPunctuation(int c) {
    return PUNCTUATION.get(c);
  }

  /** Unicode category Mn. */
  public static boolean isNonspacingMark(int c) {
    return c >= 0x300 && NONSPACING_MARK.get(c);
  }

  /** Unicode categories Mn, Mc and Me. */
  public static boolean isMark(int c) {
    return c >= 0x300 && MARK.get(c);
  }

  /** Categories Nd, Nl and No. */
  public static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** What {@code \w} matches: letters, marks, decimal digits, connector punctuation and joiners. */
  public static boolean isWordCharacter(int c) {
    if (c < 128) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    int mask =
        1 << Character.NON_SPACING_MARK
            | 1 << Character.ENCLOSING_MARK
            | 1 << Character.COMBINING_SPACING_MARK
            | 1 << Character.DECIMAL_DIGIT_NUMBER
            | 1 << Character.CONNECTOR_PUNCTUATION;
    return Character.isAlphabetic(c)
        || (mask >> Character.getType(c) & 1) == 1
        || c == 0x200C
        || c == 0x200D;
  }

  /** Han ideographs, around which BERT puts spaces. */
  public static boolean isHan(int c) {
    return c >= 0x3400
        && ((c >= 0x4E00 && c <= 0x9FFF)
            || c <= 0x4DBF
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0x20000 && c <= 0x2A6DF)
            || (c >= 0x2A700 && c <= 0x2B81F)
            || (c >= 0x2B920 && c <= 0x2CEAF)
            || (c >= 0x2F800 && c <= 0x2FA1F));
  }

  /** Characters this JDK decomposes and the reference, being older, does not. */
  static boolean isNotDecomposed(int c) {
    return c >= 0x300 && NOT_DECOMPOSED.get(c);
  }

  private static Map<String, BitSet> load() {
    Map<String, BitSet> tables = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                CharacterClasses.class.getResourceAsStream("character-classes.txt"),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          addRanges(tables, line.split(" "));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tables;
  }

  private static void addRanges(Map<String, BitSet> tables, String[] fields) {
    BitSet set = tables.computeIfAbsent(fields[0], name -> new BitSet());
    for (int i = 1; i < fields.length; i++) {
      String[] range = fields[i].split("-");
      set.set(Integer.parseInt(range[0], 16), Integer.parseInt(range[range.length - 1], 16) + 1);
    }
  }
}
