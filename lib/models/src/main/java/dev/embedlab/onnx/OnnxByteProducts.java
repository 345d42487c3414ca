package dev.embedlab.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.embedlab.vector.ByteProducts;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Products of bytes by ONNX Runtime's <a
 * href="https://onnx.ai/onnx/operators/onnx__MatMulInteger.html">MatMulInteger</a>, which uses what
 * the processor has for them. Callers bring their own threads, so a call runs on one.
 */
public final class OnnxByteProducts implements ByteProducts {

  private static final String QUERIES = "queries";
  private static final String CODES = "codes";
  private static final String SUMS = "sums";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * Loads the graph; it is kept as long as the JVM runs.
   *
   * @throws OnnxException if ONNX Runtime cannot run it on this machine
   */
  public OnnxByteProducts() {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(graph(), options);
    } catch (OrtException e) {
      throw new OnnxException("ONNX Runtime cannot load the graph for products of bytes", e);
    }
  }

  private static byte[] graph() {
    OnnxGraph graph = new OnnxGraph();
    graph.input(QUERIES, ElementType.UINT8, List.of("count", "dim"));
    graph.input(CODES, ElementType.INT8, List.of("blocks", "dim", "width"));
    String zero = graph.scalar("zero", (byte) ZERO);
    String sums = graph.node("MatMulInteger", Map.of(), QUERIES, CODES, zero);
    graph.output(graph.rename(sums, SUMS), ElementType.INT32, List.of("blocks", "count", "width"));
    return graph.toBytes();
  }

  @Override
  public void multiply(
      ByteBuffer queries,
      int count,
      ByteBuffer codes,
      int blocks,
      int dim,
      int width,
      IntBuffer sums) {
    IntBuffer filled = sums.duplicate().clear().limit(blocks * count * width);
    try (OnnxTensor left = tensor(queries, OnnxJavaType.UINT8, count, dim);
        OnnxTensor right = tensor(codes, OnnxJavaType.INT8, blocks, dim, width);
        OnnxTensor out =
            OnnxTensor.createTensor(environment, filled, new long[] {blocks, count, width})) {
      session.run(Map.of(QUERIES, left, CODES, right), Set.of(), Map.of(SUMS, out)).close();
    } catch (OrtException e) {
      throw new OnnxException("ONNX Runtime failed to multiply bytes", e);
    }
  }

  private OnnxTensor tensor(ByteBuffer bytes, OnnxJavaType type, long... shape)
      throws OrtException {
    return OnnxTensor.createTensor(environment, bytes, shape, type);
  }
}
