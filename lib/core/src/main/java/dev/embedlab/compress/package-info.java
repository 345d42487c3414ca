/**
 * Making vectors smaller: fewer dimensions (PCA, truncation, random projection) and fewer bytes a
 * dimension (half precision, int8, bits, product quantization). Imports {@code vector} and {@code
 * encode} only.
 */
package dev.embedlab.compress;
