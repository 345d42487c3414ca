/** JMH benchmarks. */
package dev.embedlab.bench;
