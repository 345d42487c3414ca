package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.Checks;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.HammingIndex;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorMatrix;
import java.util.Locale;

/**
 * Writes every dimension by itself, with nothing to train: float32, float16, bfloat16, or one bit
 * (greater than 0) packed as NumPy's {@code packbits}, which is sentence-transformers' {@code
 * ubinary}.
 *
 * @param type any but INT8
 */
public record ElementCodec(ElementType type, int dimension) implements Codec {

  public ElementCodec {
    if (type == ElementType.INT8) {
      throw new IllegalArgumentException("int8 has to be calibrated: use Int8Codec.");
    }
  }

  @Override
  public String name() {
    return type == ElementType.BIT ? "binary" : type.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int bytesPerVector() {
    return type.bytesPerVector(dimension);
  }

  @Override
  public Codes encode(float[][] vectors) {
    Checks.vectors(vectors, dimension, "Vector");
    VectorMatrix matrix = VectorMatrix.copyOf(vectors, type);
    return new Codes(matrix.data(), vectors.length, bytesPerVector());
  }

  @Override
  public float[][] decode(Codes codes) {
    return matrix(codes).toArray();
  }

  @Override
  public VectorIndex index(Codes codes, Similarity similarity) {
    return type == ElementType.BIT
        ? HammingIndex.of(matrix(codes))
        : ExactIndex.over(matrix(codes), similarity);
  }

  private VectorMatrix matrix(Codes codes) {
    return VectorMatrix.over(codes.data(), type, codes.size(), dimension);
  }
}
