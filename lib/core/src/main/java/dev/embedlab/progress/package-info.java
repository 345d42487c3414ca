/** How long work reports on itself, whoever shows it. Imports nothing of this library. */
package dev.embedlab.progress;
