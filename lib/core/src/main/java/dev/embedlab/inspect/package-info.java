/**
 * Looks behind a score: failed queries, leaks and missing judgements, the shape of a vector space,
 * thresholds. Imports data, metrics, evaluate, encoders and exact search.
 */
package dev.embedlab.inspect;
