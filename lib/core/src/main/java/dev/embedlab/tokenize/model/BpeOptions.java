package dev.embedlab.tokenize.model;

import java.util.Optional;

/**
 * What differs between BPE models beside vocabulary and merges.
 *
 * @param unknownPiece stands for characters outside the vocabulary; without one they are left out
 * @param continuingPrefix put before every piece that does not begin its word; usually empty
 * @param endOfWordSuffix put after every piece that ends its word, {@code </w>} with Sennrich et
 *     al.; usually empty
 * @param fuseUnknown whether neighbouring unknown characters become one piece
 * @param byteFallback whether unknown characters become the pieces {@code <0x00>} to {@code <0xFF>}
 * @param ignoreMerges whether a word that is in the vocabulary is one piece whatever the merges say
 */
public record BpeOptions(
    Optional<String> unknownPiece,
    String continuingPrefix,
    String endOfWordSuffix,
    boolean fuseUnknown,
    boolean byteFallback,
    boolean ignoreMerges) {

  /** As GPT-2 has it. */
  public static BpeOptions standard() {
    return new BpeOptions(Optional.empty(), "", "", false, false, false);
  }

  public BpeOptions withUnknownPiece(String piece) {
    return new BpeOptions(
        Optional.of(piece),
        continuingPrefix,
        endOfWordSuffix,
        fuseUnknown,
        byteFallback,
        ignoreMerges);
  }

  public BpeOptions withEndOfWordSuffix(String suffix) {
    return new BpeOptions(
        unknownPiece, continuingPrefix, suffix, fuseUnknown, byteFallback, ignoreMerges);
  }
}
