/**
 * Runs encoders on DJL's PyTorch engine: eagerly, which also trains, or as TorchScript written
 * here. Imports {@link dev.embedlab.nn}, {@link dev.embedlab.input}, {@link
 * dev.embedlab.torchscript} and {@link dev.embedlab.safetensors}.
 */
package dev.embedlab.engine;
