package dev.embedlab.encode;

/** How two vectors are compared; a higher score always means more alike. */
public enum Similarity {
  COSINE,
  DOT,
  /** Negated Euclidean distance. */
  EUCLIDEAN,
  /** Negated Manhattan distance. */
  MANHATTAN
}
