package dev.embedlab.index;

import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import dev.embedlab.vector.TopK;
import java.util.function.IntPredicate;

/** What the cells of an inverted file hold. */
sealed interface Cells permits FlatCells, PqCells {

  void add(int cell, float[] vector, int position);

  boolean remove(int cell, int position);

  /** Offers the vectors of the given cells to {@code best}. */
  void scan(int[] cells, float[] query, IntPredicate filter, TopK best);

  /** Bytes held for the vectors and their positions. */
  long bytes();

  void write(BinaryWriter out, int cell);

  void read(BinaryReader in, int cell);

  /** Positions that the cell holds. */
  int[] positions(int cell);
}
