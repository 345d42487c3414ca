/**
 * How sure a measured mean is: intervals, paired tests, corrections and sample sizes. Works on
 * plain arrays and imports nothing of this library.
 */
package dev.embedlab.statistics;
