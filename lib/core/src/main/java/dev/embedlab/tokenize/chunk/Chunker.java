package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import java.util.List;

/**
 * A way to cut documents. Every chunker covers the whole text but for white space, and keeps
 * offsets.
 */
public sealed interface Chunker
    permits WholeDocument, TokenWindow, SentenceChunker, RecursiveChunker {

  /** Name as tables show it. */
  String name();

  /** The parts of a document in order; one empty part where the text is blank. */
  List<Chunk> chunk(Document document);
}
