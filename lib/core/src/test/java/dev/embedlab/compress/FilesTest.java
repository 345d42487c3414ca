package dev.embedlab.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reductions, codecs and codes are the same after saving, and damage is always noticed. */
class FilesTest {

  private static final float[][] VECTORS = vectors();

  /** Of each kind of file; {@code -Dembedlab.mutations=1000} is full size. */
  private static final int MUTATIONS = Integer.getInteger("embedlab.mutations", 340);

  @TempDir Path folder;

  private static float[][] vectors() {
    Random random = new Random(5);
    float[][] vectors = new float[600][16];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian() / (1 + i);
      }
    }
    return vectors;
  }

  private static List<Reduction> reductions() {
    Covariance covariance = new Covariance(16);
    covariance.add(VECTORS);
    return List.of(
        Pca.fit(VECTORS, 5),
        Pca.fit(covariance, 7, true),
        new Truncation(16, 4),
        new RandomProjection(16, 6, 9));
  }

  private static List<Codec> codecs() {
    return List.of(
        new ElementCodec(ElementType.FLOAT32, 16),
        new ElementCodec(ElementType.FLOAT16, 16),
        new ElementCodec(ElementType.BFLOAT16, 16),
        new ElementCodec(ElementType.BIT, 16),
        Int8Codec.calibrated(VECTORS),
        Int8Codec.symmetric(VECTORS),
        ProductQuantizer.train(VECTORS, 4, 1),
        ProductQuantizer.trainOptimized(VECTORS, 4, 1));
  }

  @Test
  void reductionsReduceAsBefore() throws IOException {
    Path file = folder.resolve("reduction");
    for (Reduction reduction : reductions()) {
      ReductionFile.write(file, "model a", reduction);
      Reduction read = ReductionFile.read(file, "model a");
      assertThat(read.name()).isEqualTo(reduction.name());
      assertThat(read.apply(VECTORS)).isDeepEqualTo(reduction.apply(VECTORS));
    }
    Pca pca = (Pca) reductions().get(1);
    ReductionFile.write(file, "model a", pca);
    Pca read = (Pca) ReductionFile.read(file, "model a");
    assertThat(read.explainedVarianceRatio()).isEqualTo(pca.explainedVarianceRatio());
    assertThat(read.invert(read.apply(VECTORS))).isDeepEqualTo(pca.invert(pca.apply(VECTORS)));
    assertThatThrownBy(() -> ReductionFile.read(file, "model b"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds vectors of 'model a', but 'model b' is asked for");
    assertThatThrownBy(() -> CodecFile.read(file, "model a"))
        .hasMessageContaining("of kind 'reduction 1', not 'codec 1'");
  }

  @Test
  void codecsAndCodesReadAsBefore() throws IOException {
    Path file = folder.resolve("codec");
    float[][] queries = Arrays.copyOf(VECTORS, 9);
    for (Codec codec : codecs()) {
      CodecFile.write(file, "m", codec);
      Codec read = CodecFile.read(file, "m");
      assertThat(read.name()).isEqualTo(codec.name());
      assertThat(read.decode(read.encode(VECTORS)))
          .isDeepEqualTo(codec.decode(codec.encode(VECTORS)));
      CompressedVectors vectors = CompressedVectors.of(codec, VECTORS);
      vectors.save(file, "m");
      CompressedVectors opened = CompressedVectors.open(file, "m");
      assertThat(opened.index(Similarity.DOT).search(queries, 10).scores())
          .isDeepEqualTo(vectors.index(Similarity.DOT).search(queries, 10).scores());
    }
  }

  /** Every damaged file is refused with a sentence. */
  @Test
  void damagedFilesAreRefused() throws IOException {
    Path file = folder.resolve("good");
    Path bad = folder.resolve("bad");
    ReductionFile.write(file, "m", Pca.fit(VECTORS, 5));
    damage(file, bad, () -> ReductionFile.read(bad, "m"));
    CodecFile.write(file, "m", Int8Codec.calibrated(VECTORS));
    damage(file, bad, () -> CodecFile.read(bad, "m"));
    CompressedVectors.of(Int8Codec.symmetric(VECTORS), VECTORS).save(file, "m");
    damage(file, bad, () -> CompressedVectors.open(bad, "m"));
  }

  private static void damage(
      Path file, Path bad, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading)
      throws IOException {
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(3);
    for (int i = 0; i < MUTATIONS; i++) {
      int at = random.nextInt(good.length);
      byte[] bytes = i % 3 == 1 ? Arrays.copyOf(good, at) : good.clone();
      if (i % 3 == 0) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      } else if (i % 3 == 2) {
        bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
      }
      Files.write(bad, bytes);
      assertThatThrownBy(reading).isInstanceOf(IOException.class).hasMessageContaining("bad");
    }
  }

  @Test
  void codesOfAnotherCodecAreRefused() {
    Codes codes = Int8Codec.symmetric(VECTORS).encode(VECTORS);
    assertThatThrownBy(() -> new CompressedVectors(new ElementCodec(ElementType.BIT, 16), codes))
        .hasMessageContaining("binary writes 2 bytes a vector, but the codes have 16");
  }
}
