package dev.embedlab.tokenize.model;

import java.util.Map;

/**
 * Which piece a single character of a word starts as, by whether it is the word's first or last.
 */
final class SymbolTable {

  private final CharTable[] tables = new CharTable[4];

  SymbolTable(Vocabulary vocabulary, String continuingPrefix, String endOfWordSuffix) {
    for (int kind = 0; kind < 4; kind++) {
      String prefix = (kind & 1) == 1 ? "" : continuingPrefix;
      String suffix = (kind & 2) == 2 ? endOfWordSuffix : "";
      tables[kind] = table(vocabulary.asMap(), prefix, suffix);
    }
  }

  private static CharTable table(Map<String, Integer> ids, String prefix, String suffix) {
    CharTable table = new CharTable(ids.size());
    int affixes = prefix.length() + suffix.length();
    ids.forEach(
        (piece, id) -> {
          int units = piece.length() - affixes;
          boolean candidate = units == 1 || units == 2;
          if (candidate && piece.startsWith(prefix) && piece.endsWith(suffix)) {
            String symbol = piece.substring(prefix.length(), prefix.length() + units);
            if (symbol.codePointCount(0, units) == 1) {
              table.put(symbol, id);
            }
          }
        });
    return table;
  }

  /** The piece of the character {@code chars[from, to)}, or -1. */
  int id(char[] chars, int from, int to, boolean first, boolean last) {
    return tables[(first ? 1 : 0) | (last ? 2 : 0)].get(chars, from, to);
  }
}
