package dev.embedlab.encode;

/** What a text is in a search; models with prompts treat the two sides differently. */
public enum Role {
  QUERY,
  DOCUMENT,
  /** Symmetric tasks: similarity, classification, clustering. */
  NONE
}
