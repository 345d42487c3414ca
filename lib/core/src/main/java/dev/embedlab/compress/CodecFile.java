package dev.embedlab.compress;

import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import dev.embedlab.vector.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Codecs on disk, with checksum and fingerprint. */
public final class CodecFile {

  private static final String KIND = "codec 1";

  private CodecFile() {}

  /**
   * @param fingerprint of the model the codec was trained for; asked for again on reading
   * @throws IllegalArgumentException if the codec is none of this package
   */
  public static void write(Path file, String fingerprint, Codec codec) throws IOException {
    BinaryWriter.write(file, KIND, fingerprint, out -> write(out, codec));
  }

  /**
   * @throws IOException in one sentence, if the file is damaged, no codec or of another model
   */
  public static Codec read(Path file, String fingerprint) throws IOException {
    return BinaryReader.read(file, KIND, fingerprint, CodecFile::read);
  }

  static void write(BinaryWriter out, Codec codec) {
    switch (codec) {
      case ElementCodec(ElementType type, int dimension) -> {
        out.string("element");
        out.integer(dimension);
        out.string(type.name());
      }
      case Int8Codec int8 -> {
        out.string("int8");
        out.integer(int8.dimension());
        out.integer(int8.isSymmetric() ? 1 : 0);
        out.floats(int8.starts());
        out.floats(int8.steps());
      }
      case ProductQuantizer pq -> write(out, pq);
      default ->
          throw new IllegalArgumentException(
              "'%s' cannot be saved: only the codecs of this package can.".formatted(codec.name()));
    }
  }

  private static void write(BinaryWriter out, ProductQuantizer pq) {
    out.string("pq");
    out.integer(pq.dimension());
    out.integer(pq.bytesPerVector());
    for (float[][] part : pq.centroids()) {
      out.matrix(part);
    }
    out.integer(pq.rotation().isPresent() ? 1 : 0);
    pq.rotation().ifPresent(rotation -> out.matrix(rotation.rows()));
  }

  static Codec read(BinaryReader in) {
    String name = in.string();
    int dim = in.integer();
    if (dim < 1) {
      throw new IllegalArgumentException("it names %d dimensions".formatted(dim));
    }
    return switch (name) {
      case "element" -> new ElementCodec(ElementType.valueOf(in.string()), dim);
      case "int8" -> Int8Codec.of(in.integer() == 1, in.floats(dim), in.floats(dim));
      case "pq" -> quantizer(in, dim);
      default -> throw new IllegalArgumentException("it holds a '%s'".formatted(name));
    };
  }

  private static ProductQuantizer quantizer(BinaryReader in, int dim) {
    int m = in.integer();
    if (m < 1 || dim % m != 0) {
      throw new IllegalArgumentException("it cuts %d dimensions into %d".formatted(dim, m));
    }
    float[][][] parts = new float[m][][];
    for (int part = 0; part < m; part++) {
      parts[part] = in.matrix(ProductQuantizer.CENTROIDS, dim / m);
    }
    Optional<Rotation> rotation =
        in.integer() == 1 ? Optional.of(new Rotation(in.matrix(dim, dim))) : Optional.empty();
    return ProductQuantizer.of(parts, rotation);
  }
}
