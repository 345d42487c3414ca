/**
 * TorchScript programs written as text in Java and run by libtorch: fused operators that DJL's
 * arrays do not offer. Imports nothing of this library.
 */
package dev.embedlab.torchscript;
