package dev.embedlab.checkpoint;

/**
 * Two texts for a cross-encoder.
 *
 * @param first usually the query
 * @param second usually the document
 */
public record TextPair(String first, String second) {}
