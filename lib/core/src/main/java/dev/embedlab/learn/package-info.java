/**
 * The small learners that benchmarks put on top of embeddings, matched to scikit-learn's solvers.
 * Imports only {@link dev.embedlab.sampling}.
 */
package dev.embedlab.learn;
