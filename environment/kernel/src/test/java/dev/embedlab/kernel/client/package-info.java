/** A Jupyter client for tests: starts the real kernel process and speaks the protocol to it. */
package dev.embedlab.kernel.client;
