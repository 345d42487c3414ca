/** A Jupyter kernel for Java; imports nothing of the library. */
package dev.embedlab.kernel;
