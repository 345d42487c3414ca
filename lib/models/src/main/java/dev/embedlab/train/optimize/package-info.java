/**
 * Optimizers and learning-rate schedules. Imports only {@link dev.embedlab.torchscript} of this
 * library.
 */
package dev.embedlab.train.optimize;
