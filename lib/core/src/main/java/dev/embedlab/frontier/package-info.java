/**
 * What a dimension, a byte and an index cost: one call measures quality, memory and time of many
 * settings and names the cheapest that is good enough. Imports {@code data}, {@code metrics},
 * {@code statistics}, {@code vector}, {@code compress} and {@code index}.
 */
package dev.embedlab.frontier;
