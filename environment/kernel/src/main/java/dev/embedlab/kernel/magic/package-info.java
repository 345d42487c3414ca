/** Line and cell magics: their parsing, their registry and the built-in ones. */
package dev.embedlab.kernel.magic;
