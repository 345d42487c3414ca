/**
 * The safetensors file format, read through memory maps and written without Python. Imports nothing
 * of this library and no tensor engine.
 */
package dev.embedlab.safetensors;
