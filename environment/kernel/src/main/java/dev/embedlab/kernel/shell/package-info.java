/**
 * Evaluates cells with jshell: splitting, compiling, running on a thread that can be interrupted,
 * errors with their line. Knows nothing of sockets; may import the output and runtime packages.
 */
package dev.embedlab.kernel.shell;
