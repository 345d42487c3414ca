package dev.embedlab.tokenize.model;

import java.util.Arrays;

/** The symbols of one word as a doubly linked list, merged in order of rank. */
final class MergeChain {

  private static final int GONE = -2;

  private final int[] ids;
  private final int[] starts;
  private final int[] ends;
  private final int[] next;
  private final int[] previous;
  private int size;

  // A binary heap of (rank << 32 | position), lowest first.
  private long[] heap;
  private int heapSize;

  MergeChain(int units, int symbolsPerUnit) {
    int capacity = units * symbolsPerUnit;
    ids = new int[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
    next = new int[capacity];
    previous = new int[capacity];
    heap = new long[capacity + 1];
  }

  void add(int id, int from, int to) {
    ids[size] = id;
    starts[size] = from;
    ends[size] = to;
    previous[size] = size - 1;
    next[size] = -1;
    if (size > 0) {
      next[size - 1] = size;
    }
    size++;
  }

  boolean endsWith(int id, int at) {
    return size > 0 && ids[size - 1] == id && ends[size - 1] == at;
  }

  void extendLast(int to) {
    ends[size - 1] = to;
  }

  void merge(LongIntMap ranks, int[] mergedId) {
    for (int i = 0; i + 1 < size; i++) {
      offer(i, ranks);
    }
    while (heapSize > 0) {
      long top = poll();
      int rank = (int) (top >>> 32);
      int at = (int) top;
      // A neighbour may have changed since this was put on the heap.
      if (next[at] >= 0 && rank == rankAt(at, ranks)) {
        join(at, mergedId[rank]);
        if (previous[at] >= 0) {
          offer(previous[at], ranks);
        }
        offer(at, ranks);
      }
    }
  }

  private int rankAt(int at, LongIntMap ranks) {
    return ranks.get(LongIntMap.key(ids[at], ids[next[at]]), -1);
  }

  private void join(int at, int id) {
    int right = next[at];
    ids[at] = id;
    ends[at] = ends[right];
    next[at] = next[right];
    if (next[right] >= 0) {
      previous[next[right]] = at;
    }
    next[right] = GONE;
  }

  void emit(PieceSink sink) {
    for (int i = 0; i < size; i++) {
      if (next[i] != GONE) {
        sink.piece(ids[i], starts[i], ends[i]);
      }
    }
  }

  private void offer(int at, LongIntMap ranks) {
    int rank = next[at] < 0 ? -1 : rankAt(at, ranks);
    if (rank < 0) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heap.length * 2);
    }
    long entry = LongIntMap.key(rank, at);
    int i = heapSize++;
    while (i > 0 && heap[(i - 1) / 2] > entry) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = entry;
  }

  private long poll() {
    long top = heap[0];
    long last = heap[--heapSize];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (child >= heapSize || heap[child] >= last) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}
