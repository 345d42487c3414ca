/**
 * Contrastive and distillation losses over DJL arrays, one class each. Imports nothing of this
 * library; no scalar multiplication, division or power, whose gradients DJL gets wrong.
 */
package dev.embedlab.train.loss;
