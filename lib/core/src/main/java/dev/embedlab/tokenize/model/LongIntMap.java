package dev.embedlab.tokenize.model;

import java.util.Arrays;

/** Non-negative longs to ints by open addressing. Not for several writing threads. */
public final class LongIntMap {

  private static final long EMPTY = -1;

  private long[] keys;
  private int[] values;
  private int mask;
  private int size;

  public LongIntMap(int expected) {
    allocate(Integer.highestOneBit(Math.max(8, expected)) * 4);
  }

  /** The two halves of a key. */
  public static long key(int high, int low) {
    return (long) high << 32 | low & 0xFFFFFFFFL;
  }

  public int size() {
    return size;
  }

  /** The value of a key, or {@code absent}. */
  public int get(long key, int absent) {
    int slot = slot(key);
    return keys[slot] == key ? values[slot] : absent;
  }

  public void put(long key, int value) {
    int slot = slot(key);
    if (keys[slot] != key) {
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
    if (size * 2 > keys.length) {
      grow();
    }
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    allocate(keys.length * 2);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private void allocate(int capacity) {
    keys = new long[capacity];
    Arrays.fill(keys, EMPTY);
    values = new int[capacity];
    mask = capacity - 1;
  }
}
