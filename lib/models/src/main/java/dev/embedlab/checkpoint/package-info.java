/**
 * Checkpoints in the layout of sentence-transformers: opened as encoders that give Python's
 * vectors, and saved so that Python opens them. Imports the other packages of this module and the
 * encoder interface.
 */
package dev.embedlab.checkpoint;
