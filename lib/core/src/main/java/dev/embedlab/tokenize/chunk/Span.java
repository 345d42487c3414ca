package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import java.util.ArrayList;
import java.util.List;

/** A range of a text, in UTF-16 units. */
record Span(int start, int end) {

  boolean isEmpty() {
    return start >= end;
  }

  Span to(Span last) {
    return new Span(start, last.end);
  }

  /** The range without white space at its ends; empty where there is nothing else. */
  Span stripped(String text) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return new Span(from, to);
  }

  static List<Chunk> toChunks(Document document, List<Span> spans) {
    List<Chunk> chunks = new ArrayList<>();
    for (Span span : spans) {
      Span stripped = span.stripped(document.text());
      if (!stripped.isEmpty()) {
        chunks.add(new Chunk(document, chunks.size(), stripped.start, stripped.end));
      }
    }
    return chunks.isEmpty() ? List.of(new Chunk(document, 0, 0, 0)) : chunks;
  }
}
