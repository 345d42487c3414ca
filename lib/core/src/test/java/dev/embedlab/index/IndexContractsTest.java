package dev.embedlab.index;

import dev.embedlab.compress.Codec;
import dev.embedlab.compress.ElementCodec;
import dev.embedlab.compress.Int8Codec;
import dev.embedlab.compress.ProductQuantizer;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ElementType;
import dev.embedlab.vector.ExactIndex;
import dev.embedlab.vector.VectorIndex;
import dev.embedlab.vector.VectorIndexContract;
import dev.embedlab.vector.VectorMatrix;
import org.junit.jupiter.api.Nested;

class IndexContractsTest {

  /** Indexes that lose nothing. */
  abstract static class Lossless extends VectorIndexContract {
    @Override
    protected double recall() {
      return 1;
    }
  }

  /** Indexes over compressed vectors. */
  abstract static class Lossy extends VectorIndexContract {
    @Override
    protected double tolerance() {
      return Double.POSITIVE_INFINITY;
    }

    static VectorIndex over(Codec codec, Similarity similarity) {
      return codec.index(codec.encode(VECTORS), similarity);
    }
  }

  @Nested
  class Flat extends Lossless {
    @Override
    protected VectorIndex index() {
      return ExactIndex.of(VECTORS, Similarity.COSINE);
    }
  }

  @Nested
  class FlatOverRows extends Lossless {
    @Override
    protected VectorIndex index() {
      return ExactIndex.over(
          VectorMatrix.copyOf(VECTORS, ElementType.FLOAT32), Similarity.MANHATTAN);
    }
  }

  @Nested
  class Float16 extends Lossy {
    @Override
    protected VectorIndex index() {
      return over(new ElementCodec(ElementType.FLOAT16, DIM), Similarity.DOT);
    }

    @Override
    protected double recall() {
      return 0.97;
    }
  }

  @Nested
  class Bfloat16 extends Lossy {
    @Override
    protected VectorIndex index() {
      return over(new ElementCodec(ElementType.BFLOAT16, DIM), Similarity.EUCLIDEAN);
    }

    @Override
    protected double recall() {
      return 0.95;
    }
  }

  @Nested
  class Int8 extends Lossy {
    @Override
    protected VectorIndex index() {
      return over(Int8Codec.calibrated(VECTORS), Similarity.COSINE);
    }

    @Override
    protected double recall() {
      return 0.95;
    }
  }

  @Nested
  class Bits extends Lossy {
    @Override
    protected VectorIndex index() {
      return over(new ElementCodec(ElementType.BIT, DIM), Similarity.COSINE);
    }

    @Override
    protected double recall() {
      return 0.2;
    }
  }

  @Nested
  class BitsRescored extends VectorIndexContract {
    @Override
    protected VectorIndex index() {
      VectorIndex bits = Lossy.over(new ElementCodec(ElementType.BIT, DIM), Similarity.COSINE);
      return new RescoredIndex(bits, p -> VECTORS[p], 4 * DIM, Similarity.COSINE, 20);
    }

    @Override
    protected double recall() {
      return 0.9;
    }

    @Override
    protected boolean stable() {
      return false; // asked for fewer, the first stage looks at fewer
    }
  }

  @Nested
  class Pq extends Lossy {
    @Override
    protected VectorIndex index() {
      return over(ProductQuantizer.train(VECTORS, 16, 1), Similarity.EUCLIDEAN);
    }

    @Override
    protected double recall() {
      return 0.7;
    }
  }

  @Nested
  class IvfFlat extends VectorIndexContract {
    @Override
    protected VectorIndex index() {
      return IvfIndex.build(VECTORS, Similarity.COSINE, IvfOptions.flat(20, 8));
    }

    @Override
    protected double recall() {
      return 0.95;
    }
  }

  @Nested
  class IvfFlatVisitingAll extends Lossless {
    @Override
    protected VectorIndex index() {
      return IvfIndex.build(VECTORS, Similarity.EUCLIDEAN, IvfOptions.flat(20, 20));
    }
  }

  @Nested
  class IvfPqEuclidean extends Lossy {
    @Override
    protected VectorIndex index() {
      return IvfIndex.build(VECTORS, Similarity.EUCLIDEAN, IvfOptions.pq(12, 6, 16));
    }

    @Override
    protected double recall() {
      return 0.7;
    }
  }

  @Nested
  class IvfPqCosine extends Lossy {
    @Override
    protected VectorIndex index() {
      return IvfIndex.build(VECTORS, Similarity.COSINE, IvfOptions.pq(12, 6, 16));
    }

    @Override
    protected double recall() {
      return 0.7;
    }
  }
}
