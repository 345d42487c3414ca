package dev.embedlab.cli;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;

/** An encoder that counts its texts and the time they took. */
final class MeasuredEncoder implements Encoder {

  private final Encoder encoder;
  private final LongAdder texts = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  MeasuredEncoder(Encoder encoder) {
    this.encoder = encoder;
  }

  /** Texts encoded in a second, loading of the model aside; 0 before the first. */
  double textsPerSecond() {
    return nanos.sum() == 0 ? 0 : texts.sum() * 1e9 / nanos.sum();
  }

  @Override
  public float[][] encode(List<String> inputs, EncodeOptions options) {
    long start = System.nanoTime();
    float[][] vectors = encoder.encode(inputs, options);
    nanos.add(System.nanoTime() - start);
    texts.add(inputs.size());
    return vectors;
  }

  @Override
  public String name() {
    return encoder.name();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public Similarity similarity() {
    return encoder.similarity();
  }

  @Override
  public OptionalInt maxTokens() {
    return encoder.maxTokens();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
