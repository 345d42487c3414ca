package dev.embedlab.frontier;

import dev.embedlab.compress.Codec;
import dev.embedlab.compress.CompressedVectors;
import dev.embedlab.compress.ElementCodec;
import dev.embedlab.compress.Int8Codec;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.index.IvfIndex;
import dev.embedlab.index.IvfOptions;
import dev.embedlab.index.RescoredIndex;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.HammingIndex;
import dev.embedlab.vector.Similarities;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How vectors become an index, and the settings of it that are tried without building it again.
 *
 * @param name as tables show it
 * @param builder is given the vectors
 */
public record Recipe(String name, Builder builder) {

  /** Builds the index once. */
  @FunctionalInterface
  public interface Builder {
    /**
     * @param vectors {@code [n][dim]}, to be indexed
     * @param training {@code [n][dim]}, for whatever has to be trained or calibrated
     * @return variants of one index, for example with several numbers of probes
     */
    List<VectorIndex> build(float[][] vectors, float[][] training, Similarity similarity);
  }

  /** Exact search over floats. */
  public static Recipe flat() {
    return new Recipe("flat", (v, t, s) -> List.of(ExactIndex.of(v, s)));
  }

  /** Exact search over float16, bfloat16 or bits. */
  public static Recipe flat(ElementType type) {
    String name = type == ElementType.BIT ? "binary" : type.name().toLowerCase(Locale.ROOT);
    return codec(name, vectors -> new ElementCodec(type, vectors[0].length));
  }

  /** Exact search over int8, calibrated on the training vectors. */
  public static Recipe int8() {
    return codec("int8", Int8Codec::calibrated);
  }

  /**
   * Product quantization.
   *
   * @param dimensionsPerByte dimensions that share a byte; must divide every dimension tried
   */
  public static Recipe pq(int dimensionsPerByte) {
    return codec(
        "PQ dim/" + dimensionsPerByte,
        vectors -> ProductQuantizer.train(sample(vectors), parts(vectors, dimensionsPerByte), 42));
  }

  /** Product quantization with a trained rotation in front of it. */
  public static Recipe opq(int dimensionsPerByte) {
    return codec(
        "OPQ dim/" + dimensionsPerByte,
        vectors ->
            ProductQuantizer.trainOptimized(
                sample(vectors), parts(vectors, dimensionsPerByte), 42));
  }

  /** 64 vectors for each of the 256 patterns, evenly spread: more hardly changes them. */
  private static float[][] sample(float[][] vectors) {
    int count = Math.min(vectors.length, 64 * ProductQuantizer.CENTROIDS);
    float[][] sample = new float[count][];
    Arrays.setAll(sample, n -> vectors[(int) ((long) n * vectors.length / count)]);
    return sample;
  }

  private static int parts(float[][] vectors, int dimensionsPerByte) {
    int dim = vectors[0].length;
    if (dimensionsPerByte < 1 || dim % dimensionsPerByte != 0) {
      throw new IllegalArgumentException(
          "%d dimensions cannot be cut into parts of %d: choose a divisor of %d."
              .formatted(dim, dimensionsPerByte, dim));
    }
    return dim / dimensionsPerByte;
  }

  /** Exact search over what a codec writes; the codec is made from the training vectors. */
  public static Recipe codec(String name, Function<float[][], Codec> trained) {
    return new Recipe(
        name,
        (vectors, training, similarity) -> {
          Codec codec = trained.apply(comparable(training, similarity));
          return List.of(
              CompressedVectors.of(codec, comparable(vectors, similarity)).index(similarity));
        });
  }

  /** Of unit length for cosine, so that codes spend nothing on lengths that do not count. */
  private static float[][] comparable(float[][] vectors, Similarity similarity) {
    return similarity == Similarity.COSINE
        ? Arrays.stream(vectors).map(Similarities::unit).toArray(float[][]::new)
        : vectors;
  }

  /** Bits first, then the best {@code oversampling} times k again by int8. */
  public static Recipe binaryRescored(int oversampling) {
    return new Recipe(
        "binary x%d, int8".formatted(oversampling),
        (vectors, training, similarity) -> {
          VectorMatrix bits = VectorMatrix.copyOf(vectors, ElementType.BIT);
          Int8Codec int8 = Int8Codec.calibrated(training);
          float[][] decoded = int8.decode(int8.encode(vectors));
          return List.of(
              new RescoredIndex(
                  HammingIndex.of(bits),
                  p -> decoded[p],
                  int8.bytesPerVector(),
                  similarity,
                  oversampling));
        });
  }

  /** Inverted file of floats with several numbers of probes. */
  public static Recipe ivf(int lists, int... probes) {
    return new Recipe(
        "IVF" + lists,
        (vectors, training, similarity) -> {
          IvfIndex index = IvfIndex.build(vectors, similarity, IvfOptions.flat(lists, 1));
          return Arrays.stream(probes).<VectorIndex>mapToObj(index::withProbes).toList();
        });
  }

  /** Inverted file of product-quantized vectors with several numbers of probes. */
  public static Recipe ivfPq(int lists, int dimensionsPerByte, int... probes) {
    return new Recipe(
        "IVF%d,PQ dim/%d".formatted(lists, dimensionsPerByte),
        (vectors, training, similarity) -> {
          int bytes = parts(vectors, dimensionsPerByte);
          IvfIndex index = IvfIndex.build(vectors, similarity, IvfOptions.pq(lists, 1, bytes));
          return Arrays.stream(probes).<VectorIndex>mapToObj(index::withProbes).toList();
        });
  }
}
