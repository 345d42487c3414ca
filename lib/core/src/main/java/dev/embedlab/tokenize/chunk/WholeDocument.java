package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import java.util.List;

/** Does not cut: the model cuts what it cannot read. The baseline of every comparison. */
public record WholeDocument() implements Chunker {

  @Override
  public String name() {
    return "whole document";
  }

  @Override
  public List<Chunk> chunk(Document document) {
    return List.of(new Chunk(document, 0, 0, document.text().length()));
  }
}
