/**
 * The few classes that code in a cell sees of the kernel: display, evaluation, magics, input,
 * comms. Imports nothing but the JDK; every static method here is imported into each session.
 */
package dev.embedlab.kernel.runtime;
