/**
 * Transformer encoders, each described once over abstract tensor operations and then run eagerly,
 * as TorchScript or as an ONNX graph. Imports {@link dev.embedlab.config} only.
 */
package dev.embedlab.nn;
