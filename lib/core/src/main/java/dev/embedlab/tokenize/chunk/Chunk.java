package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;

/**
 * A part of a document.
 *
 * @param document where it is from
 * @param number 0 for the first part
 * @param start where it begins in {@link Document#text()}, in UTF-16 units
 * @param end where it ends (exclusive)
 */
public record Chunk(Document document, int number, int start, int end) {

  private static final char SEPARATOR = '#';

  /** The id of the document, {@code #} and the number. */
  public String id() {
    return document.id() + SEPARATOR + number;
  }

  /** The part of the text, as it stands there. */
  public String text() {
    return document.text().substring(start, end);
  }

  /** The part as a document of its own, under the title of the whole. */
  public Document asDocument() {
    return new Document(id(), document.title(), text());
  }

  /** The id of the document a chunk id belongs to. */
  static String documentId(String chunkId) {
    return chunkId.substring(0, chunkId.lastIndexOf(SEPARATOR));
  }
}
