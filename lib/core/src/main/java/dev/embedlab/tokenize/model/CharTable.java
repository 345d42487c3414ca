package dev.embedlab.tokenize.model;

/**
 * Strings to numbers, looked up by a range of characters without making a string. Built once, then
 * only read.
 */
final class CharTable {

  private final int mask;
  private final char[][] keys;
  private final int[] values;
  private int longest;

  CharTable(int expected) {
    int capacity = Integer.highestOneBit(Math.max(16, expected * 2)) * 2;
    mask = capacity - 1;
    keys = new char[capacity][];
    values = new int[capacity];
  }

  void put(String key, int value) {
    char[] chars = key.toCharArray();
    int slot = hash(chars, 0, chars.length) & mask;
    while (keys[slot] != null) {
      slot = slot + 1 & mask;
    }
    keys[slot] = chars;
    values[slot] = value;
    longest = Math.max(longest, chars.length);
  }

  /** The value of {@code chars[from, to)}, or -1. */
  int get(char[] chars, int from, int to) {
    int slot = hash(chars, from, to) & mask;
    for (char[] key = keys[slot]; key != null; key = keys[slot]) {
      if (equal(key, chars, from, to)) {
        return values[slot];
      }
      slot = slot + 1 & mask;
    }
    return -1;
  }

  /** Length of the longest key. */
  int longest() {
    return longest;
  }

  static boolean equal(char[] key, char[] chars, int from, int to) {
    if (key.length != to - from) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (key[i] != chars[from + i]) {
        return false;
      }
    }
    return true;
  }

  static int hash(char[] chars, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + chars[i];
    }
    hash *= 0x9E3779B1;
    return hash ^ hash >>> 15;
  }
}
