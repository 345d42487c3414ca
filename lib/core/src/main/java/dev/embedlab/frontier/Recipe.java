package dev.embedlab.frontier;

import dev.embedlab.compress.Codec;
import dev.embedlab.compress.ElementCodec;
import dev.embedlab.compress.Int8Codec;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.index.IvfIndex;
import dev.embedlab.index.IvfOptions;
import dev.embedlab.index.RescoredIndex;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
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
    return codec(
        type.name().toLowerCase(Locale.ROOT), vectors -> new ElementCodec(type, vectors[0].length));
  }

  /** Exact search over int8, calibrated on the training vectors. */
  public static Recipe int8() {
    return codec("int8", Int8Codec::calibrated);
  }

  /** Product quantization to so many bytes. */
  public static Recipe pq(int bytes) {
    return codec("PQ" + bytes, vectors -> ProductQuantizer.train(vectors, bytes, 42));
  }

  /** Exact search over what a codec writes; the codec is made from the training vectors. */
  public static Recipe codec(String name, Function<float[][], Codec> trained) {
    return new Recipe(
        name,
        (vectors, training, similarity) -> {
          Codec codec = trained.apply(training);
          return List.of(codec.index(codec.encode(vectors), similarity));
        });
  }

  /** Bits first, then the best {@code oversampling} times k again by int8. */
  public static Recipe binaryRescored(int oversampling) {
    return new Recipe(
        "binary+int8",
        (vectors, training, similarity) -> {
          VectorMatrix bits = VectorMatrix.copyOf(vectors, ElementType.BIT);
          VectorIndex first = dev.embedlab.vector.HammingIndex.of(bits);
          Int8Codec int8 = Int8Codec.calibrated(training);
          float[][] decoded = int8.decode(int8.encode(vectors));
          return List.of(
              new RescoredIndex(
                  first, p -> decoded[p], int8.bytesPerVector(), similarity, oversampling));
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
}
