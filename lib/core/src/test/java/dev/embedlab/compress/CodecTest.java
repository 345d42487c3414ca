package dev.embedlab.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.Golden;
import dev.embedlab.vector.Hits;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes against sentence-transformers' quantize_embeddings and NumPy, bit for bit. */
class CodecTest {

  private final JsonNode golden = Golden.cases("quantize");
  private final float[][] calibration = Golden.matrix(golden.get("calibration"));
  private final float[][] vectors = Golden.matrix(golden.get("vectors"));

  private static byte[] bytes(Codes codes) {
    return codes.data().toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void int8IsSentenceTransformersBitForBit() {
    Codes codes = Int8Codec.calibrated(calibration).encode(vectors);
    assertThat(bytes(codes)).isEqualTo(Golden.bytes(golden.get("int8")));
  }

  @Test
  void binaryIsSentenceTransformersBitForBit() {
    Codes codes = new ElementCodec(ElementType.BIT, 21).encode(vectors);
    assertThat(bytes(codes)).isEqualTo(Golden.bytes(golden.get("ubinary")));
    float[][] signs = new ElementCodec(ElementType.BIT, 21).decode(codes);
    for (int n = 0; n < vectors.length; n++) {
      for (int i = 0; i < 21; i++) {
        assertThat(signs[n][i]).isEqualTo(vectors[n][i] > 0 ? 1f : -1f);
      }
    }
  }

  @Test
  void float16RoundsAsNumPy() {
    ElementCodec codec = new ElementCodec(ElementType.FLOAT16, 21);
    assertThat(codec.decode(codec.encode(vectors)))
        .isDeepEqualTo(Golden.matrix(golden.get("float16")));
    assertThatThrownBy(
            () -> new ElementCodec(ElementType.FLOAT16, 1).encode(new float[][] {{7e4f}}))
        .hasMessageContaining("too large for float16");
  }

  @Test
  void bfloat16RoundsToNearestEven() {
    ElementCodec codec = new ElementCodec(ElementType.BFLOAT16, 4);
    float[][] decoded =
        codec.decode(codec.encode(new float[][] {{1.00390625f, 1.01171875f, 1.004f, -3e38f}}));
    assertThat(decoded[0]).containsExactly(1f, 1.015625f, 1.0078125f, -3.0040553e38f);
  }

  @Test
  void int8ErrsByHalfAStepAtMostWithinTheCalibratedRange() {
    Int8Codec codec = Int8Codec.calibrated(calibration);
    float[][] decoded = codec.decode(codec.encode(calibration));
    for (int i = 0; i < 21; i++) {
      int dim = i;
      double low = Arrays.stream(calibration).mapToDouble(v -> v[dim]).min().orElseThrow();
      double high = Arrays.stream(calibration).mapToDouble(v -> v[dim]).max().orElseThrow();
      double half = high == low ? 0.5 : (high - low) / 255 / 2;
      for (int n = 0; n < calibration.length; n++) {
        assertThat((double) decoded[n][i])
            .isCloseTo(
                calibration[n][i], within(half * 1.0001 + (calibration[n][i] == high ? half : 0)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Similarity.class,
      names = {"COSINE", "DOT", "EUCLIDEAN"})
  void anInt8IndexScoresWhatTheCodesStandFor(Similarity similarity) {
    for (Int8Codec codec :
        new Int8Codec[] {Int8Codec.calibrated(calibration), Int8Codec.symmetric(calibration)}) {
      Codes codes = codec.encode(vectors);
      Hits expected = ExactIndex.of(codec.decode(codes), similarity).search(calibration, 60);
      Hits many = codec.index(codes, similarity).search(calibration, 60);
      assertThat(many.positions()).isDeepEqualTo(expected.positions());
      assertThat(many.scores()).isDeepEqualTo(expected.scores());
      Hits one = codec.index(codes, similarity).search(new float[][] {calibration[7]}, 60);
      assertThat(one.positions()[0]).isEqualTo(expected.positions()[7]);
      assertThat(one.scores()[0]).isEqualTo(expected.scores()[7]);
    }
  }

  @Test
  void aBinaryIndexScoresTheCosineOfSigns() {
    ElementCodec codec = new ElementCodec(ElementType.BIT, 21);
    Codes codes = codec.encode(vectors);
    float[][] signs = codec.decode(codec.encode(calibration));
    Hits expected = ExactIndex.of(codec.decode(codes), Similarity.DOT).search(signs, 60);
    Hits hits = codec.index(codes, Similarity.COSINE).search(calibration, 60);
    assertThat(hits.positions()).isDeepEqualTo(expected.positions());
    for (int q = 0; q < signs.length; q++) {
      for (int i = 0; i < 60; i++) {
        assertThat(hits.scores()[q][i]).isCloseTo(expected.scores()[q][i] / 21, within(1e-6f));
      }
    }
  }

  @Test
  void fewerBytesNeverErrLess() {
    double[] errors = {
      new ElementCodec(ElementType.FLOAT32, 21).relativeError(calibration),
      new ElementCodec(ElementType.FLOAT16, 21).relativeError(calibration),
      new ElementCodec(ElementType.BFLOAT16, 21).relativeError(calibration),
      Int8Codec.symmetric(calibration).relativeError(calibration)
    };
    assertThat(errors[0]).isZero();
    assertThat(errors).isSorted();
    assertThat(errors[3]).isLessThan(1e-3);
  }
}
