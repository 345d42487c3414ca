package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * One entry of a corpus.
 *
 * @param id unique in its corpus, never empty
 * @param title may be empty
 * @param text may be empty
 */
public record Document(String id, String title, String text) {

  public Document {
    requireNonNull(title, "title");
    requireNonNull(text, "text");
    if (requireNonNull(id, "id").isEmpty()) {
      throw new IllegalArgumentException("A document has an empty id; give every document one.");
    }
  }

  /** What encoders and indexes see: title and text joined by a space, stripped, as MTEB does. */
  public String contents() {
    return (title + " " + text).strip();
  }
}
