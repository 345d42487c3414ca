package dev.embedlab.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.compress.CompressedVectors;
import dev.embedlab.compress.Int8Codec;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ByteProducts;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.VectorIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxByteProductsTest {

  private final Random random = new Random(1);

  @Test
  void isWhatVectorSearchFinds() {
    assertThat(ByteProducts.find()).containsInstanceOf(OnnxByteProducts.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,16", "3,2,7,16", "8,3,384,256", "100,2,1025,32", "9,1,64,48"})
  void equalsTheSumInWholeNumbers(int count, int blocks, int dim, int width) {
    ByteBuffer queries = bytes(count * dim, 0, ByteProducts.LARGEST);
    ByteBuffer codes = bytes(blocks * dim * width, -128, 127);
    check(queries, count, codes, blocks, dim, width);
  }

  /** Products of bytes that saturate in 16 bits give a wrong sum here. */
  @ParameterizedTest
  @CsvSource({"0,-128", "0,127", "127,-128", "127,127"})
  void doesNotSaturate(int query, int code) {
    ByteBuffer queries = bytes(20 * 384, query, query);
    ByteBuffer codes = bytes(384 * 64, code, code);
    check(queries, 20, codes, 1, 384, 64);
  }

  private void check(
      ByteBuffer queries, int count, ByteBuffer codes, int blocks, int dim, int width) {
    IntBuffer sums =
        ByteBuffer.allocateDirect(4 * blocks * count * width)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    new OnnxByteProducts().multiply(queries, count, codes, blocks, dim, width, sums);
    for (int i = 0; i < sums.capacity(); i++) {
      int block = i / (count * width);
      int query = i / width % count;
      int lane = i % width;
      int expected =
          IntStream.range(0, dim)
              .map(
                  d ->
                      (queries.get(query * dim + d) - ByteProducts.ZERO)
                          * codes.get((block * dim + d) * width + lane))
              .sum();
      assertThat(sums.get(i)).isEqualTo(expected);
    }
  }

  private ByteBuffer bytes(int count, int least, int most) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(count);
    for (int i = 0; i < count; i++) {
      bytes.put(i, (byte) random.nextInt(least, most + 1));
    }
    return bytes;
  }

  @Test
  void manyQueriesFindWhatEachFindsAlone() {
    float[][] vectors = vectors(3000);
    float[][] queries = vectors(40);
    for (Similarity similarity : new Similarity[] {Similarity.DOT, Similarity.COSINE}) {
      VectorIndex index =
          CompressedVectors.of(Int8Codec.calibrated(vectors), vectors).index(similarity);
      Hits together = index.search(queries, 12);
      for (int q = 0; q < queries.length; q++) {
        Hits alone = index.search(new float[][] {queries[q]}, 12);
        assertThat(together.positions()[q]).isEqualTo(alone.positions()[0]);
        assertThat(together.scores()[q]).isEqualTo(alone.scores()[0]);
      }
    }
  }

  private float[][] vectors(int count) {
    float[][] vectors = new float[count][48];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }
}
