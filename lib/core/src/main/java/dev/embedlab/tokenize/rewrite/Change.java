package dev.embedlab.tokenize.rewrite;

/**
 * One replacement.
 *
 * @param rule its name
 * @param start where {@code after} begins in the text as this rule left it, in UTF-16 units
 * @param before what stood there
 * @param after what stands there now
 */
public record Change(String rule, int start, String before, String after) {}
