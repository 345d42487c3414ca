package dev.embedlab.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API. For dot products six queries meet two groups of vectors at a time:
 * twelve independent sums hide the latency of the multiply-add and fit in sixteen registers, and
 * eight loads feed twelve multiply-adds.
 */
final class VectorApiKernel implements Kernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Byte> CODES =
      LANES == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
  private static final int TILE_QUERIES = 6;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void score(
      Metric metric, float[] block, int groups, int dim, float[] queries, float[] scores) {
    int count = queries.length / dim;
    int q = 0;
    if (metric == Metric.DOT) {
      for (; q + TILE_QUERIES <= count; q += TILE_QUERIES) {
        dotTiles(block, groups, dim, queries, q, scores);
      }
    }
    for (; q < count; q++) {
      one(metric, block, groups, dim, queries, q, scores);
    }
  }

  private static void dotTiles(
      float[] block, int groups, int dim, float[] queries, int q, float[] scores) {
    int g = 0;
    for (; g + 2 <= groups; g += 2) {
      dotSixByTwo(
          block,
          g * dim * LANES,
          dim,
          queries,
          q * dim,
          scores,
          (q * groups + g) * LANES,
          groups * LANES);
    }
    if (g < groups) {
      for (int j = 0; j < TILE_QUERIES; j++) {
        dotOne(
            block,
            g * dim * LANES,
            dim,
            queries,
            (q + j) * dim,
            scores,
            ((q + j) * groups + g) * LANES);
      }
    }
  }

  private static void dotSixByTwo(
      float[] block, int at, int dim, float[] queries, int q, float[] scores, int out, int row) {
    FloatVector a0 = FloatVector.zero(SPECIES), b0 = a0;
    FloatVector a1 = a0,
        b1 = a0,
        a2 = a0,
        b2 = a0,
        a3 = a0,
        b3 = a0,
        a4 = a0,
        b4 = a0,
        a5 = a0,
        b5 = a0;
    int second = dim * LANES;
    for (int i = 0; i < dim; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, block, at + i * LANES);
      FloatVector b = FloatVector.fromArray(SPECIES, block, at + second + i * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      a0 = x.fma(a, a0);
      b0 = x.fma(b, b0);
      x = FloatVector.broadcast(SPECIES, queries[q + dim + i]);
      a1 = x.fma(a, a1);
      b1 = x.fma(b, b1);
      x = FloatVector.broadcast(SPECIES, queries[q + 2 * dim + i]);
      a2 = x.fma(a, a2);
      b2 = x.fma(b, b2);
      x = FloatVector.broadcast(SPECIES, queries[q + 3 * dim + i]);
      a3 = x.fma(a, a3);
      b3 = x.fma(b, b3);
      x = FloatVector.broadcast(SPECIES, queries[q + 4 * dim + i]);
      a4 = x.fma(a, a4);
      b4 = x.fma(b, b4);
      x = FloatVector.broadcast(SPECIES, queries[q + 5 * dim + i]);
      a5 = x.fma(a, a5);
      b5 = x.fma(b, b5);
    }
    store(a0, b0, scores, out);
    store(a1, b1, scores, out + row);
    store(a2, b2, scores, out + 2 * row);
    store(a3, b3, scores, out + 3 * row);
    store(a4, b4, scores, out + 4 * row);
    store(a5, b5, scores, out + 5 * row);
  }

  private static void store(FloatVector a, FloatVector b, float[] scores, int out) {
    a.intoArray(scores, out);
    b.intoArray(scores, out + LANES);
  }

  private static void one(
      Metric metric, float[] block, int groups, int dim, float[] queries, int q, float[] scores) {
    int g = 0;
    if (metric == Metric.DOT) {
      for (; g + 4 <= groups; g += 4) {
        dotFour(block, g * dim * LANES, dim, queries, q * dim, scores, (q * groups + g) * LANES);
      }
    }
    for (; g < groups; g++) {
      int at = g * dim * LANES;
      int out = (q * groups + g) * LANES;
      switch (metric) {
        case DOT -> dotOne(block, at, dim, queries, q * dim, scores, out);
        case SQUARED_EUCLIDEAN -> euclideanOne(block, at, dim, queries, q * dim, scores, out);
        case MANHATTAN -> manhattanOne(block, at, dim, queries, q * dim, scores, out);
      }
    }
  }

  private static void dotFour(
      float[] block, int at, int dim, float[] queries, int q, float[] scores, int out) {
    FloatVector a0 = FloatVector.zero(SPECIES), a1 = a0, a2 = a0, a3 = a0;
    int next = dim * LANES;
    for (int i = 0; i < dim; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      int load = at + i * LANES;
      a0 = x.fma(FloatVector.fromArray(SPECIES, block, load), a0);
      a1 = x.fma(FloatVector.fromArray(SPECIES, block, load + next), a1);
      a2 = x.fma(FloatVector.fromArray(SPECIES, block, load + 2 * next), a2);
      a3 = x.fma(FloatVector.fromArray(SPECIES, block, load + 3 * next), a3);
    }
    store(a0, a1, scores, out);
    store(a2, a3, scores, out + 2 * LANES);
  }

  private static void dotOne(
      float[] block, int at, int dim, float[] queries, int q, float[] scores, int out) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < dim; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      sum = x.fma(FloatVector.fromArray(SPECIES, block, at + i * LANES), sum);
    }
    sum.intoArray(scores, out);
  }

  private static void euclideanOne(
      float[] block, int at, int dim, float[] queries, int q, float[] scores, int out) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < dim; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      FloatVector d = x.sub(FloatVector.fromArray(SPECIES, block, at + i * LANES));
      sum = d.fma(d, sum);
    }
    sum.intoArray(scores, out);
  }

  private static void manhattanOne(
      float[] block, int at, int dim, float[] queries, int q, float[] scores, int out) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < dim; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      sum = sum.add(x.sub(FloatVector.fromArray(SPECIES, block, at + i * LANES)).abs());
    }
    sum.intoArray(scores, out);
  }

  @Override
  public int largest(float[] block, int groups, int dim, float[] penalties, float[] query) {
    FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector winners = FloatVector.zero(SPECIES); // group numbers, exact as floats
    for (int g = 0; g < groups; g++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < dim; i++) {
        FloatVector x = FloatVector.broadcast(SPECIES, query[i]);
        sum = x.fma(FloatVector.fromArray(SPECIES, block, (g * dim + i) * LANES), sum);
      }
      sum = sum.sub(FloatVector.fromArray(SPECIES, penalties, g * LANES));
      VectorMask<Float> better = sum.compare(VectorOperators.GT, most);
      most = most.blend(sum, better);
      winners = winners.blend(g, better);
    }
    return lowest(most, winners);
  }

  /** Of the lanes with the largest value, the lowest position. */
  private static int lowest(FloatVector values, FloatVector groups) {
    float most = values.reduceLanes(VectorOperators.MAX);
    int best = Integer.MAX_VALUE;
    for (int lane = 0; lane < LANES; lane++) {
      if (values.lane(lane) == most) {
        best = Math.min(best, (int) groups.lane(lane) * LANES + lane);
      }
    }
    return best;
  }

  @Override
  public void pack(float[] rows, int dim, float[] block, int at) {
    int[] places = new int[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      places[lane] = lane * dim;
    }
    for (int i = 0; i < dim; i++) {
      FloatVector.fromArray(SPECIES, rows, i, places, 0).intoArray(block, at + i * LANES);
    }
  }

  @Override
  public int next(float[] scores, int from, int to, float threshold) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector group = FloatVector.fromArray(SPECIES, scores, i);
      VectorMask<Float> enough = group.compare(VectorOperators.GE, threshold);
      if (enough.anyTrue()) {
        return i + enough.firstTrue();
      }
    }
    return Kernel.super.next(scores, i, to, threshold);
  }

  @Override
  public void dotCodes(
      byte[] block, Affine affine, int groups, int dim, float[] queries, float[] scores) {
    if (CODES.length() != LANES) { // no vector of so few bytes on this machine
      Kernel.super.dotCodes(block, affine, groups, dim, queries, scores);
      return;
    }
    int width = groups * LANES;
    for (int q = 0; q < queries.length / dim; q++) {
      int g = 0;
      for (; g + 4 <= groups; g += 4) {
        codesFour(block, g * LANES, width, affine, queries, q * dim, scores, q * width + g * LANES);
      }
      for (; g < groups; g++) {
        codesOne(block, g * LANES, width, affine, queries, q * dim, scores, q * width + g * LANES);
      }
    }
  }

  private static void codesFour(
      byte[] block,
      int at,
      int width,
      Affine affine,
      float[] queries,
      int q,
      float[] scores,
      int out) {
    float[] scales = affine.scales();
    float[] offsets = affine.offsets();
    FloatVector a0 = FloatVector.zero(SPECIES), a1 = a0, a2 = a0, a3 = a0;
    for (int i = 0; i < scales.length; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      FloatVector scale = FloatVector.broadcast(SPECIES, scales[i]);
      FloatVector offset = FloatVector.broadcast(SPECIES, offsets[i]);
      int load = at + i * width;
      a0 = x.fma(codes(block, load).fma(scale, offset), a0);
      a1 = x.fma(codes(block, load + LANES).fma(scale, offset), a1);
      a2 = x.fma(codes(block, load + 2 * LANES).fma(scale, offset), a2);
      a3 = x.fma(codes(block, load + 3 * LANES).fma(scale, offset), a3);
    }
    store(a0, a1, scores, out);
    store(a2, a3, scores, out + 2 * LANES);
  }

  private static void codesOne(
      byte[] block,
      int at,
      int width,
      Affine affine,
      float[] queries,
      int q,
      float[] scores,
      int out) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < affine.dimension(); i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, queries[q + i]);
      FloatVector scale = FloatVector.broadcast(SPECIES, affine.scales()[i]);
      FloatVector offset = FloatVector.broadcast(SPECIES, affine.offsets()[i]);
      sum = x.fma(codes(block, at + i * width).fma(scale, offset), sum);
    }
    sum.intoArray(scores, out);
  }

  private static FloatVector codes(byte[] block, int at) {
    return (FloatVector) ByteVector.fromArray(CODES, block, at).castShape(SPECIES, 0);
  }
}
