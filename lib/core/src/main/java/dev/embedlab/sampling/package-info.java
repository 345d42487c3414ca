/**
 * Random generators of NumPy and Python, bit for bit, so that a benchmark's samples are drawn as
 * its reference implementation draws them. Imports nothing of this library.
 */
package dev.embedlab.sampling;
