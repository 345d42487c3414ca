/**
 * The Java side of the {@code lab} command: one picocli main and a class for each subcommand. May
 * import every other package of the library; nothing imports it.
 */
package dev.embedlab.cli;
