package dev.embedlab.tokenize.model;

import java.util.Arrays;
import java.util.List;

/** A trie of pieces over UTF-16 units; a child is found by one hash look-up. */
final class PieceTrie {

  /** The node before the first character. */
  static final int ROOT = 0;

  /** What {@link #child} returns where no piece goes on. */
  static final int NONE = -1;

  private final LongIntMap children;
  private final int[] first = new int[0x10000];
  private int[] pieceAt;
  private int nodes = 1;

  PieceTrie(List<String> pieces) {
    int characters = pieces.stream().mapToInt(String::length).sum();
    children = new LongIntMap(characters / 4);
    pieceAt = new int[Math.max(16, pieces.size() * 2)];
    Arrays.fill(pieceAt, NONE);
    Arrays.fill(first, NONE);
    for (int id = 0; id < pieces.size(); id++) {
      add(pieces.get(id), id);
    }
  }

  private void add(String piece, int id) {
    int node = ROOT;
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      int child = child(node, c);
      node = child == NONE ? addChild(node, c) : child;
    }
    pieceAt[node] = id;
  }

  private int addChild(int node, char c) {
    int child = nodes++;
    if (child == pieceAt.length) {
      pieceAt = Arrays.copyOf(pieceAt, child * 2);
      Arrays.fill(pieceAt, child, child * 2, NONE);
    }
    if (node == ROOT) {
      first[c] = child;
    } else {
      children.put((long) node << 16 | c, child);
    }
    return child;
  }

  /** The node one character further, or {@link #NONE}. */
  int child(int node, char c) {
    return node == ROOT ? first[c] : children.get((long) node << 16 | c, NONE);
  }

  /** The piece that ends at a node, or {@link #NONE}. */
  int piece(int node) {
    return pieceAt[node];
  }
}
