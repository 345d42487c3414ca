/**
 * JSON configuration files of checkpoints, read with errors that name file and field. Imports
 * nothing of this library.
 */
package dev.embedlab.config;
