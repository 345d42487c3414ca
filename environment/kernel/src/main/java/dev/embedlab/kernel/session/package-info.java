/**
 * Answers the requests of front ends: one class per group of messages. Joins channels, shell,
 * magics and renderers.
 */
package dev.embedlab.kernel.session;
