/**
 * Models from nothing: untrained transformers, pretraining by masked words, static models distilled
 * from a transformer. Imports {@link dev.embedlab.checkpoint}, {@link dev.embedlab.train} and what
 * those import.
 */
package dev.embedlab.train.scratch;
