/** The Java side of the lab command. */
package dev.embedlab.cli;
