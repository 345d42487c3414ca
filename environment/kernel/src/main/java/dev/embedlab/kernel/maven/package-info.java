/** Resolves Maven artifacts for a session; the only package that imports Maven. */
package dev.embedlab.kernel.maven;
