package dev.embedlab.checkpoint;

/**
 * Vectors and what was cut to get them.
 *
 * @param vectors {@code [texts][dim]}, in the order of the texts
 * @param truncation how many texts were too long
 */
public record Encoded(float[][] vectors, Truncation truncation) {}
