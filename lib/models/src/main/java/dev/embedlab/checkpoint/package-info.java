/** Reads sentence-transformers checkpoints. */
package dev.embedlab.checkpoint;
