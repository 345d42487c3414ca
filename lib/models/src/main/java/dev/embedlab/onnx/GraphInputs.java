package dev.embedlab.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.embedlab.input.InputTensor;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Input;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** Types and shapes of what a graph reads, and the tensors themselves. */
final class GraphInputs {

  private static final String BATCH = "batch";
  private static final String TOKENS = "tokens";

  private GraphInputs() {}

  static ElementType type(Input input) {
    return switch (input) {
      case IDS, TYPE_IDS, POSITIONS, OFFSET_POSITIONS, RELATIVE_BUCKETS -> ElementType.INT64;
      default -> ElementType.FLOAT;
    };
  }

  /** Unpadded batches need one bias for all texts, hence an own name for its first axis. */
  static List<String> axes(Input input) {
    return switch (input) {
      case IDS, TYPE_IDS, POSITIONS, OFFSET_POSITIONS -> List.of(BATCH, TOKENS);
      case KEY_BIAS -> List.of(BATCH, "1", "1", TOKENS);
      case LOCAL_BIAS, CAUSAL_BIAS, LOCAL_CAUSAL_BIAS -> List.of("biases", "1", TOKENS, TOKENS);
      case MEAN_WEIGHTS, LAST_TOKEN -> List.of(BATCH, "1", TOKENS);
      case RELATIVE_BUCKETS -> List.of(TOKENS, TOKENS);
      case COS, SIN, LOCAL_COS, LOCAL_SIN -> List.of(TOKENS, "head");
    };
  }

  static OnnxTensor tensor(OrtEnvironment environment, InputTensor input) throws OrtException {
    return switch (input) {
      case InputTensor.Longs(long[] values, long[] shape) ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
      case InputTensor.Floats(float[] values, long[] shape) ->
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    };
  }

  /** 1 for real tokens, 0 for padding. */
  static OnnxTensor mask(OrtEnvironment environment, TokenBatch batch) throws OrtException {
    int tokens = batch.tokens();
    int[] mask = new int[batch.size() * tokens];
    for (int i = 0; i < batch.size(); i++) {
      Arrays.fill(mask, i * tokens, i * tokens + batch.lengths()[i], 1);
    }
    return OnnxTensor.createTensor(
        environment, IntBuffer.wrap(mask), new long[] {batch.size(), tokens});
  }
}
