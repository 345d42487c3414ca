package dev.embedlab.index;

import java.util.Arrays;

/** In which cell each position lies. */
final class Placement {

  private static final int GONE = -1;

  private int[] cells = {};
  private int next;
  private int size;

  int next() {
    return next;
  }

  int size() {
    return size;
  }

  /** Gives the next position. */
  int put(int cell) {
    if (next == cells.length) {
      cells = Arrays.copyOf(cells, Math.max(64, next + next / 2));
    }
    cells[next] = cell;
    size++;
    return next++;
  }

  /** Frees a position and says its cell; -1 if it was not taken. */
  int take(int position) {
    if (position < 0 || position >= next || cells[position] == GONE) {
      return GONE;
    }
    int cell = cells[position];
    cells[position] = GONE;
    size--;
    return cell;
  }

  /**
   * The placement of positions in cells.
   *
   * @param positions {@code [cells][members]}
   * @param next the first position never given
   * @throws IllegalArgumentException if a position is out of range or in two cells
   */
  static Placement of(int[][] positions, int next) {
    Placement placement = new Placement();
    placement.cells = new int[next];
    placement.next = next;
    Arrays.fill(placement.cells, GONE);
    for (int cell = 0; cell < positions.length; cell++) {
      for (int position : positions[cell]) {
        if (position < 0 || position >= next || placement.cells[position] != GONE) {
          throw new IllegalArgumentException("position %d is not possible".formatted(position));
        }
        placement.cells[position] = cell;
        placement.size++;
      }
    }
    return placement;
  }
}
