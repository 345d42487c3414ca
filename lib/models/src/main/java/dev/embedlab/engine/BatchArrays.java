package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.input.BatchInputs;
import dev.embedlab.input.InputTensor;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Network;
import java.util.EnumMap;
import java.util.Map;

/** The inputs of a network as DJL arrays. */
final class BatchArrays {

  private BatchArrays() {}

  static Map<Input, NDArray> create(NDManager manager, Network network, TokenBatch batch) {
    BatchInputs inputs = new BatchInputs(batch, network.backbone().geometry());
    Map<Input, NDArray> arrays = new EnumMap<>(Input.class);
    for (Input input : network.inputs()) {
      arrays.put(input, toArray(manager, inputs.get(input)));
    }
    return arrays;
  }

  static NDArray toArray(NDManager manager, InputTensor tensor) {
    return switch (tensor) {
      case InputTensor.Longs(long[] values, long[] shape) ->
          manager.create(values, new Shape(shape));
      case InputTensor.Floats(float[] values, long[] shape) ->
          manager.create(values, new Shape(shape));
    };
  }
}
