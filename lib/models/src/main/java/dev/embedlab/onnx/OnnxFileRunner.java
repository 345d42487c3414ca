package dev.embedlab.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.OwnedArrays;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Network;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a graph that was exported in Python and comes with a checkpoint. It reads ids, mask and
 * segments by their usual names and gives token vectors or logits.
 */
public final class OnnxFileRunner implements NetworkRunner {

  private static final Set<String> KNOWN_INPUTS =
      Set.of("input_ids", "attention_mask", "token_type_ids", "position_ids");
  private static final List<String> TOKEN_OUTPUTS =
      List.of("last_hidden_state", "token_embeddings");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Path file;
  private final String label;
  private final OrtSession session;
  private final String output;

  /**
   * Loads a graph.
   *
   * @param folder of the checkpoint
   * @param name of the file in it, for example {@code onnx/model.onnx}
   * @throws OnnxException if ONNX Runtime cannot load it, or it is no encoder of this kind
   */
  public OnnxFileRunner(Path folder, String name, Network network) {
    this.file = folder.resolve(name).normalize();
    this.label = name;
    if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
      throw new OnnxException("%s: the checkpoint has no such file.".formatted(file));
    }
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setMemoryPatternOptimization(false);
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      this.session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new OnnxException("%s: ONNX Runtime cannot load the graph".formatted(file), e);
    }
    try {
      requireKnownInputs();
      this.output = findOutput(network);
      requireWidth(network);
    } catch (OrtException e) {
      close();
      throw new OnnxException("%s: ONNX Runtime cannot describe the graph".formatted(file), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void requireKnownInputs() {
    for (String input : session.getInputNames()) {
      if (!KNOWN_INPUTS.contains(input)) {
        throw new OnnxException(
            "%s: the graph reads '%s'; only %s are known."
                .formatted(file, input, KNOWN_INPUTS.stream().sorted().toList()));
      }
    }
  }

  private String findOutput(Network network) throws OrtException {
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    boolean scores = network.head().isPresent();
    List<String> usual = scores ? List.of("logits") : TOKEN_OUTPUTS;
    int axes = scores ? 2 : 3;
    return usual.stream()
        .filter(outputs::containsKey)
        .findFirst()
        .or(
            () ->
                outputs.entrySet().stream()
                    .filter(entry -> rank(entry.getValue()) == axes)
                    .map(Map.Entry::getKey)
                    .findFirst())
        .orElseThrow(
            () ->
                new OnnxException(
                    "%s: the graph gives %s, none of which is %s."
                        .formatted(
                            file, outputs.keySet(), scores ? "logits" : "one vector a token")));
  }

  /** A graph of another model than config.json describes would fail later, in the modules. */
  private void requireWidth(Network network) throws OrtException {
    int expected =
        network.head().map(head -> head.labels()).orElse(network.backbone().hiddenSize());
    if (session.getOutputInfo().get(output).getInfo() instanceof TensorInfo tensor) {
      long[] shape = tensor.getShape();
      long width = shape.length == 0 ? -1 : shape[shape.length - 1];
      if (width > 0 && width != expected) {
        throw new OnnxException(
            "%s: '%s' of the graph has %d numbers, but config.json says %d."
                .formatted(file, output, width, expected));
      }
    }
  }

  private static int rank(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor ? tensor.getShape().length : -1;
  }

  @Override
  public String name() {
    return label;
  }

  @Override
  public NDArray run(NDManager results, TokenBatch batch) {
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      for (String input : session.getInputNames()) {
        feed.put(input, tensor(input, batch));
      }
      try (OrtSession.Result result = session.run(feed, Set.of(output))) {
        if (!(result.get(0) instanceof OnnxTensor vectors)) {
          throw new OnnxException("%s: '%s' is no tensor.".formatted(file, output));
        }
        FloatBuffer values = vectors.getFloatBuffer();
        if (values == null) {
          throw new OnnxException("%s: '%s' holds no floats.".formatted(file, output));
        }
        requireRows(vectors.getInfo().getShape(), batch);
        OwnedArrays.Floats copy =
            OwnedArrays.zeros(results, new Shape(vectors.getInfo().getShape()));
        copy.values().put(values);
        return copy.array();
      }
    } catch (OrtException e) {
      throw new OnnxException(
          "%s: ONNX Runtime failed on a batch of %d texts of %d tokens"
              .formatted(file, batch.size(), batch.tokens()),
          e);
    } finally {
      feed.values().forEach(OnnxTensor::close);
    }
  }

  private void requireRows(long[] shape, TokenBatch batch) {
    if (shape.length < 2 || shape[0] != batch.size()) {
      throw new OnnxException(
          "%s: the graph gave %s for %d texts of %d tokens."
              .formatted(file, Arrays.toString(shape), batch.size(), batch.tokens()));
    }
  }

  private OnnxTensor tensor(String input, TokenBatch batch) throws OrtException {
    long[] values =
        switch (input) {
          case "input_ids" -> batch.ids();
          case "token_type_ids" -> batch.typeIds();
          case "position_ids" -> positions(batch);
          default -> mask(batch);
        };
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {batch.size(), batch.tokens()});
  }

  private static long[] positions(TokenBatch batch) {
    long[] positions = new long[batch.ids().length];
    Arrays.setAll(positions, i -> i % batch.tokens());
    return positions;
  }

  private static long[] mask(TokenBatch batch) {
    long[] mask = new long[batch.ids().length];
    Arrays.setAll(mask, i -> i % batch.tokens() < batch.lengths()[i / batch.tokens()] ? 1 : 0);
    return mask;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("ONNX Runtime cannot close a session", e);
    }
  }
}
