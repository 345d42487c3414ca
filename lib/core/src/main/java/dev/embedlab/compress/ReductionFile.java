package dev.embedlab.compress;

import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reductions on disk, with checksum and fingerprint: queries have to be reduced with the very
 * matrix the documents were reduced with.
 */
public final class ReductionFile {

  private static final String KIND = "reduction 1";

  private ReductionFile() {}

  /**
   * @param fingerprint of the model whose vectors are reduced; asked for again on reading
   * @throws IllegalArgumentException if the reduction is none of this package
   */
  public static void write(Path file, String fingerprint, Reduction reduction) throws IOException {
    BinaryWriter.write(file, KIND, fingerprint, out -> write(out, reduction));
  }

  /**
   * @throws IOException in one sentence, if the file is damaged, no reduction or of another model
   */
  public static Reduction read(Path file, String fingerprint) throws IOException {
    return BinaryReader.read(file, KIND, fingerprint, ReductionFile::read);
  }

  private static void write(BinaryWriter out, Reduction reduction) {
    switch (reduction) {
      case Pca pca -> write(out, pca);
      case Truncation(int input, int output) -> {
        out.string("truncation");
        out.integer(input);
        out.integer(output);
      }
      case RandomProjection projection -> {
        out.string("random projection");
        out.integer(projection.inputDimension());
        out.integer(projection.outputDimension());
        out.matrix(projection.rows());
      }
      default ->
          throw new IllegalArgumentException(
              "'%s' cannot be saved: only PCA, truncation and random projection can."
                  .formatted(reduction.name()));
    }
  }

  private static void write(BinaryWriter out, Pca pca) {
    out.string("pca");
    out.integer(pca.inputDimension());
    out.integer(pca.outputDimension());
    out.integer(pca.whiten() ? 1 : 0);
    out.floats(pca.mean());
    out.matrix(pca.components());
    out.longs(Double.doubleToRawLongBits(pca.totalVariance()));
    for (double variance : pca.explainedVariance()) {
      out.longs(Double.doubleToRawLongBits(variance));
    }
  }

  private static Reduction read(BinaryReader in) {
    String name = in.string();
    int input = in.integer();
    int output = in.integer();
    if (input < 1 || output < 1) {
      throw new IllegalArgumentException("it reduces %d to %d".formatted(input, output));
    }
    return switch (name) {
      case "pca" -> pca(in, input, output);
      case "truncation" -> new Truncation(input, output);
      case "random projection" -> new RandomProjection(in.matrix(output, input));
      default -> throw new IllegalArgumentException("it holds a '%s'".formatted(name));
    };
  }

  private static Pca pca(BinaryReader in, int input, int output) {
    boolean whiten = in.integer() == 1;
    float[] mean = in.floats(input);
    float[][] components = in.matrix(output, input);
    double total = Double.longBitsToDouble(in.longs());
    double[] variance = new double[output];
    for (int c = 0; c < output; c++) {
      variance[c] = Double.longBitsToDouble(in.longs());
    }
    return new Pca(mean, components, variance, total, whiten);
  }
}
