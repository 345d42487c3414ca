package dev.embedlab.index;

import dev.embedlab.encode.Similarity;
import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import dev.embedlab.vector.PackedList;
import dev.embedlab.vector.TopK;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Cells of floats. */
final class FlatCells implements Cells {

  private final int dim;
  private final PackedList[] lists;

  FlatCells(int cells, int dim, Similarity similarity) {
    this.dim = dim;
    this.lists = new PackedList[cells];
    Arrays.setAll(lists, cell -> new PackedList(dim, similarity));
  }

  @Override
  public void add(int cell, float[] vector, int position) {
    lists[cell].add(vector, position);
  }

  @Override
  public boolean remove(int cell, int position) {
    return lists[cell].remove(position);
  }

  @Override
  public void scan(int[] cells, float[] query, IntPredicate filter, TopK best) {
    for (int cell : cells) {
      if (lists[cell].size() > 0) {
        lists[cell].scan(query, filter, best);
      }
    }
  }

  @Override
  public long bytes() {
    return Arrays.stream(lists).mapToLong(list -> list.size() * (dim + 2L) * Float.BYTES).sum();
  }

  @Override
  public void write(BinaryWriter out, int cell) {
    out.ints(positions(cell));
    for (int place = 0; place < lists[cell].size(); place++) {
      out.floats(lists[cell].vector(place));
    }
  }

  @Override
  public void read(BinaryReader in, int cell) {
    for (int position : in.ints()) {
      lists[cell].add(in.floats(dim), position);
    }
  }

  @Override
  public int[] positions(int cell) {
    int[] positions = new int[lists[cell].size()];
    Arrays.setAll(positions, lists[cell]::position);
    return positions;
  }
}
