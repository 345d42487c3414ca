package dev.embedlab.compress;

import dev.embedlab.encode.Similarity;
import dev.embedlab.store.BinaryReader;
import dev.embedlab.store.BinaryWriter;
import dev.embedlab.vector.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Codes with the codec that reads them, in memory or in one file.
 *
 * @param codec that wrote the codes
 * @param codes of the vectors
 */
public record CompressedVectors(Codec codec, Codes codes) {

  private static final String KIND = "codes 1";

  public CompressedVectors {
    if (codec.bytesPerVector() != codes.bytesPerVector()) {
      throw new IllegalArgumentException(
          "%s writes %d bytes a vector, but the codes have %d."
              .formatted(codec.name(), codec.bytesPerVector(), codes.bytesPerVector()));
    }
  }

  /** Encodes vectors, {@code [n][dim]}. */
  public static CompressedVectors of(Codec codec, float[][] vectors) {
    return new CompressedVectors(codec, codec.encode(vectors));
  }

  /**
   * @param fingerprint of the model and data; asked for again on opening
   */
  public void save(Path file, String fingerprint) throws IOException {
    BinaryWriter.write(
        file,
        KIND,
        fingerprint,
        out -> {
          CodecFile.write(out, codec);
          out.integer(codes.size());
          out.segment(codes.data());
        });
  }

  /**
   * @throws IOException in one sentence, if the file is damaged or of another model or data
   */
  public static CompressedVectors open(Path file, String fingerprint) throws IOException {
    return BinaryReader.read(file, KIND, fingerprint, CompressedVectors::read);
  }

  private static CompressedVectors read(BinaryReader in) {
    Codec codec = CodecFile.read(in);
    int size = in.integer();
    int each = codec.bytesPerVector();
    return new CompressedVectors(codec, new Codes(in.segment((long) size * each), size, each));
  }

  /** Exact search among the codes. */
  public VectorIndex index(Similarity similarity) {
    return codec.index(codes, similarity);
  }
}
