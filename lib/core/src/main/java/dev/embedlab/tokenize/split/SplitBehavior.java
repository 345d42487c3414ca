package dev.embedlab.tokenize.split;

/** What becomes of a delimiter; the examples cut {@code a-b--c} at hyphens. */
public enum SplitBehavior {
  /** {@code a b c}. */
  REMOVED,
  /** {@code a - b - - c}. */
  ISOLATED,
  /** {@code a- b- - c}. */
  MERGED_WITH_PREVIOUS,
  /** {@code a -b - -c}. */
  MERGED_WITH_NEXT,
  /** {@code a - b -- c}. */
  CONTIGUOUS
}
