/**
 * One class per quality measure, each with its formula, variant and source, and able to explain a
 * value. Imports only {@link dev.embedlab.data}.
 */
package dev.embedlab.metrics;
