package dev.embedlab.tokenize.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Pieces and their numbers. Numbers may have gaps; no piece occurs twice. Immutable. */
public final class Vocabulary {

  private final String[] pieces;
  private final Map<String, Integer> ids;

  private Vocabulary(String[] pieces, Map<String, Integer> ids) {
    this.pieces = pieces;
    this.ids = ids;
  }

  /** A vocabulary whose numbers are the positions in a list. */
  public static Vocabulary of(List<String> pieces) {
    Map<String, Integer> ids = HashMap.newHashMap(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      ids.put(pieces.get(i), i);
    }
    return of(ids);
  }

  /**
   * A vocabulary from numbered pieces.
   *
   * @throws IllegalArgumentException if a number is negative, used twice or far beyond the number
   *     of pieces
   */
  public static Vocabulary of(Map<String, Integer> ids) {
    long limit = 16L * ids.size() + 1_000_000;
    int size = 0;
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      int id = entry.getValue();
      if (id < 0 || id > limit) {
        throw new IllegalArgumentException(
            "The vocabulary gives '%s' the number %d; numbers run from 0 to about the number of pieces (%d)."
                .formatted(entry.getKey(), id, ids.size()));
      }
      size = Math.max(size, id + 1);
    }
    String[] pieces = new String[size];
    ids.forEach((piece, id) -> place(pieces, piece, id));
    return new Vocabulary(pieces, Map.copyOf(ids));
  }

  private static void place(String[] pieces, String piece, int id) {
    if (pieces[id] != null) {
      throw new IllegalArgumentException(
          "The vocabulary gives the number %d to '%s' and to '%s'; every piece needs its own."
              .formatted(id, pieces[id], piece));
    }
    pieces[id] = piece;
  }

  /** Number of pieces. */
  public int size() {
    return ids.size();
  }

  /** One more than the highest number. */
  public int limit() {
    return pieces.length;
  }

  /** The number of a piece, empty where it is not in the vocabulary. */
  public OptionalInt id(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The number of a piece, or -1. */
  int idOrMinusOne(String piece) {
    Integer id = ids.get(piece);
    return id == null ? -1 : id;
  }

  /** Whether a number stands for a piece. */
  public boolean has(int id) {
    return id >= 0 && id < pieces.length && pieces[id] != null;
  }

  /**
   * The piece of a number.
   *
   * @throws IllegalArgumentException if no piece has it
   */
  public String piece(int id) {
    if (!has(id)) {
      throw new IllegalArgumentException(
          "The vocabulary has no piece %d; its numbers run from 0 to %d."
              .formatted(id, pieces.length - 1));
    }
    return pieces[id];
  }

  /** All pieces in the order of their numbers. */
  public List<String> pieces() {
    List<String> present = new ArrayList<>(ids.size());
    for (String piece : pieces) {
      if (piece != null) {
        present.add(piece);
      }
    }
    return present;
  }

  /** Numbers by piece. */
  public Map<String, Integer> asMap() {
    return ids;
  }
}
