package dev.embedlab.metrics;

import dev.embedlab.data.Ranking;

/**
 * Positions of documents in a ranking by id: an open hash table without objects. Finding a few
 * judged documents among a thousand returned ones costs one pass over the thousand in the order in
 * which they lie in memory.
 */
final class Positions {

  private final Ranking ranking;

  /** Hash in the upper half, position + 1 in the lower; 0 is free. */
  private final long[] slots;

  private int duplicate = -1;

  Positions(Ranking ranking) {
    this.ranking = ranking;
    this.slots = new long[Integer.highestOneBit(Math.max(ranking.size(), 1)) << 2];
    for (int position = 0; position < ranking.size(); position++) {
      String id = ranking.documentId(position);
      int slot = slot(id);
      if (slots[slot] == 0) {
        slots[slot] = ((long) id.hashCode() << 32) | (position + 1);
      } else if (duplicate < 0) {
        duplicate = position;
      }
    }
  }

  /** Position of the first id that stands before already, or -1. */
  int duplicate() {
    return duplicate;
  }

  /** Position of an id, or -1. */
  int of(String id) {
    return (int) slots[slot(id)] - 1;
  }

  /** The slot that holds an id, or the free one where it belongs. */
  private int slot(String id) {
    int hash = id.hashCode();
    int mixed = hash * 0x9e3779b9;
    int mask = slots.length - 1;
    int at = (mixed ^ (mixed >>> 16)) & mask;
    while (slots[at] != 0 && !holds(slots[at], hash, id)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private boolean holds(long slot, int hash, String id) {
    return (int) (slot >> 32) == hash && ranking.documentId((int) slot - 1).equals(id);
  }
}
