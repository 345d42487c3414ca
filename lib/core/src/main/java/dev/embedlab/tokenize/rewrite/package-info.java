/**
 * Rewriting text before it is embedded, rule by rule, with a record of every change that can be
 * undone. Imports nothing of this library.
 */
package dev.embedlab.tokenize.rewrite;
