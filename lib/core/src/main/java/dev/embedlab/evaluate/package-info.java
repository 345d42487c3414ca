/**
 * Scores systems on tasks and compares them, every score with its interval. Imports data, metrics,
 * statistics, encoders and search, never an engine.
 */
package dev.embedlab.evaluate;
