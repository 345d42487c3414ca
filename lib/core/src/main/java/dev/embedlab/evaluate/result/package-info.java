/**
 * Results on disk in MTEB's files, so that its tools and this library read each other's, and the
 * leaderboard over many of them. Imports tasks, metrics and statistics.
 */
package dev.embedlab.evaluate.result;
