package dev.embedlab.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.embedlab.engine.InputMeans;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.OwnedArrays;
import dev.embedlab.engine.Weights;
import dev.embedlab.input.BatchInputs;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Runs a network as an ONNX graph that is written from the weights of its checkpoint. */
public final class OnnxRunner implements NetworkRunner {

  private static final String OUTPUT = "vectors";
  private static final int EIGHT_BITS = 127;
  private static final int SEVEN_BITS = 63;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Network network;
  private final OnnxPrecision precision;
  private final GraphWeights constants;
  private final Set<Input> inputs;
  private final boolean masked;
  private final OrtSession session;

  /**
   * Writes the graph and loads it.
   *
   * @param means what quantized layers read, to correct their biases
   * @throws OnnxException if ONNX Runtime cannot run it on this machine
   */
  public OnnxRunner(Network network, Weights weights, OnnxPrecision precision, InputMeans means) {
    this(
        network,
        weights,
        precision,
        means,
        precision == OnnxPrecision.INT8 && OnnxByteRange.saturates());
  }

  /**
   * @param saturating whether the processor is taken for one whose products of 8 bits overflow
   */
  OnnxRunner(
      Network network,
      Weights weights,
      OnnxPrecision precision,
      InputMeans means,
      boolean saturating) {
    this.network = network;
    this.precision = precision;
    OnnxGraph graph = new OnnxGraph();
    this.constants = new GraphWeights(weights, graph, means, saturating ? SEVEN_BITS : EIGHT_BITS);
    try {
      OnnxOps ops =
          new OnnxOps(
              graph, constants, precision, saturating, network.backbone().geometry().headDim());
      String result = ops.name(network.forward(ops));
      List<String> axes =
          network.head().isPresent()
              ? List.of("batch", "labels")
              : List.of("batch", "tokens", "hidden");
      graph.output(graph.rename(result, OUTPUT), ElementType.FLOAT, axes);
      this.inputs = ops.used();
      this.masked = ops.isMasked();
      this.session = open(graph.toBytes());
    } catch (OrtException e) {
      constants.close();
      throw new OnnxException("ONNX Runtime cannot load the graph of this model", e);
    } catch (RuntimeException e) {
      constants.close();
      throw e;
    }
  }

  private OrtSession open(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Batches run side by side; threads of its own would spin while those have work.
      options.setIntraOpNumThreads(1);
      // A pattern is one block for all that a batch needs; each length has its own, side by side.
      options.setMemoryPatternOptimization(false);
      options.addExternalInitializers(constants.tensors());
      return environment.createSession(model, options);
    }
  }

  @Override
  public String name() {
    return precision == OnnxPrecision.FP32
        ? "onnx"
        : "onnx-" + precision.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public NDArray run(NDManager results, TokenBatch batch) {
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      BatchInputs values = new BatchInputs(batch, network.backbone().geometry());
      for (Input input : inputs) {
        feed.put(input.name(), GraphInputs.tensor(environment, values.get(input)));
      }
      if (masked) {
        feed.put(OnnxNodes.MASK, GraphInputs.mask(environment, batch));
      }
      Shape shape = outputShape(batch);
      OwnedArrays.Floats output = OwnedArrays.zeros(results, shape);
      try (OnnxTensor vectors =
          OnnxTensor.createTensor(environment, output.values(), shape.getShape())) {
        session.run(feed, Set.of(), Map.of(OUTPUT, vectors)).close();
      }
      return output.array();
    } catch (OrtException e) {
      throw new OnnxException(
          "ONNX Runtime failed on a batch of %d texts of %d tokens"
              .formatted(batch.size(), batch.tokens()),
          e);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private Shape outputShape(TokenBatch batch) {
    return network
        .head()
        .map(head -> new Shape(batch.size(), head.labels()))
        .orElseGet(() -> new Shape(batch.size(), batch.tokens(), network.backbone().hiddenSize()));
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("ONNX Runtime cannot close a session", e);
    } finally {
      constants.close();
    }
  }
}
