/**
 * ONNX Runtime as a backend: graphs written here from the weights of a checkpoint, or graphs that
 * come with it. Imports {@link dev.embedlab.nn}, {@link dev.embedlab.input} and {@link
 * dev.embedlab.engine}.
 */
package dev.embedlab.onnx;
