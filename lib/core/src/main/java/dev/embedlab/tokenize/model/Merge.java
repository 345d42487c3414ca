package dev.embedlab.tokenize.model;

/**
 * One rule of a BPE model; its rank is its position in the list of merges.
 *
 * @param left the left piece
 * @param right the right piece
 */
public record Merge(String left, String right) {}
