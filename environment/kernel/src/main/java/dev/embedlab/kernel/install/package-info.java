/** Writes the kernelspec that tells Jupyter how to start this kernel. */
package dev.embedlab.kernel.install;
