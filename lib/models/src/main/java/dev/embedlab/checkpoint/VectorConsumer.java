package dev.embedlab.checkpoint;

/** Takes vectors as they are computed. */
@FunctionalInterface
public interface VectorConsumer {

  /**
   * @param position of the text in the input, counted from 0; positions arrive in order
   * @param vector {@code [dim]}, not used by the encoder afterwards
   */
  void accept(long position, float[] vector);
}
