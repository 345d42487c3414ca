/**
 * Tests of the committed notebooks: how they are written, and that they run on the real kernel
 * process. May import the kernel's test client, nothing of the library.
 */
package dev.embedlab.environment;
