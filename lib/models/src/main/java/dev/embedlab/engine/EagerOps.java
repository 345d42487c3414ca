package dev.embedlab.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.LayerNorm;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Ops;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Runs every operation at once with DJL arrays. Differentiable, and the oracle for the other
 * engines.
 *
 * <p>Two rules keep gradients right. Numbers become arrays before they are multiplied, because the
 * engine drops the buffer of a bare number while autograd still points to it. And a weight is never
 * the first operand, because results belong to the manager of the first operand.
 */
class EagerOps implements Ops<NDArray> {

  private final NDManager manager;
  private final Map<Input, NDArray> inputs;
  private final Map<String, NDArray> weights;
  private final boolean training;
  private final boolean dropping;
  private final boolean freeing;

  /**
   * @param manager owns all results; must stay open until backward
   */
  EagerOps(
      NDManager manager,
      Map<Input, NDArray> inputs,
      Map<String, NDArray> weights,
      boolean training) {
    this(manager, inputs, weights, training, training);
  }

  /**
   * @param training whether gradients follow, which other operations are faster for
   * @param dropping whether dropout is on
   */
  EagerOps(
      NDManager manager,
      Map<Input, NDArray> inputs,
      Map<String, NDArray> weights,
      boolean training,
      boolean dropping) {
    this(manager, inputs, weights, training, dropping, false);
  }

  private EagerOps(
      NDManager manager,
      Map<Input, NDArray> inputs,
      Map<String, NDArray> weights,
      boolean training,
      boolean dropping,
      boolean freeing) {
    this.manager = manager;
    this.inputs = inputs;
    this.weights = weights;
    this.training = training;
    this.dropping = dropping;
    this.freeing = freeing;
  }

  /** Without gradients: what a layer computes is freed at its end, so memory is that of a layer. */
  static EagerOps inference(
      NDManager manager, Map<Input, NDArray> inputs, Map<String, NDArray> weights) {
    return new EagerOps(manager, inputs, weights, false, false, true);
  }

  @Override
  public NDArray layer(NDArray x, UnaryOperator<NDArray> steps) {
    if (!freeing) {
      return steps.apply(x);
    }
    try (NDManager own = manager.newSubManager()) {
      // Results belong to the manager of the first operand, which is x or comes from it.
      x.attach(own);
      NDArray result = steps.apply(x);
      result.attach(manager);
      return result;
    }
  }

  @Override
  public NDArray input(Input input) {
    return inputs.get(input);
  }

  @Override
  public NDArray weight(String name) {
    return weights.get(name);
  }

  @Override
  public boolean hasWeight(String name) {
    return weights.containsKey(name);
  }

  @Override
  public NDArray embedding(NDArray ids, NDArray table) {
    return ids.getNDArrayInternal().embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /**
   * In training the gradient holds the rows of the batch alone, and is added to what the table has:
   * made for the whole table, it took a twentieth of a step.
   */
  @Override
  public NDArray wordEmbedding(NDArray table, int paddingId) {
    NDArray ids = input(Input.IDS);
    SparseFormat gradient = training ? SparseFormat.COO : SparseFormat.DENSE;
    NDArray rows = ids.getNDArrayInternal().embedding(ids, table, gradient).singletonOrThrow();
    if (paddingId < 0 || !table.hasGradient()) {
      return rows;
    }
    NDArray padding = ids.eq(paddingId).toType(DataType.FLOAT32, false).expandDims(2);
    NDArray others = padding.neg().add(1);
    return rows.mul(others).add(rows.stopGradient().mul(padding));
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray multiply(NDArray a, NDArray b) {
    return a.mul(b);
  }

  @Override
  public NDArray linear(NDArray x, String prefix) {
    NDArray weight = weight(prefix + ".weight");
    NDArray bias = weights.get(prefix + ".bias");
    return training ? Products.linear(x, weight, bias) : Products.plain(x, weight, bias);
  }

  @Override
  public NDArray activate(NDArray x, dev.embedlab.nn.Activation activation) {
    return switch (activation) {
      case GELU -> Activation.gelu(x);
      case GELU_TANH -> geluTanh(x);
      case GELU_QUICK -> x.mul(Activation.sigmoid(x.mul(constant(1.702))));
      case RELU -> Activation.relu(x);
      case SILU -> x.mul(Activation.sigmoid(x));
      case TANH -> Activation.tanh(x);
      case SIGMOID -> Activation.sigmoid(x);
      case LEAKY_RELU -> Activation.leakyRelu(x, 0.01f);
      case ELU -> Activation.elu(x, 1f);
      case SOFTPLUS -> Activation.softPlus(x);
      case GELU_10 -> Activation.gelu(x).clip(-10, 10);
      case SOFTMAX -> x.softmax(-1);
      case SELU -> Activation.selu(x);
      case MISH -> x.mul(Activation.softPlus(x).tanh());
      case RELU6 -> x.clip(0, 6);
      case HARD_TANH -> x.clip(-1, 1);
      case HARD_SIGMOID -> hardSigmoid(x);
      case HARD_SWISH -> x.mul(hardSigmoid(x));
      case SOFTSIGN -> x.div(x.abs().add(1));
      case TANH_SHRINK -> x.sub(x.tanh());
      case LOG_SIGMOID -> Activation.softPlus(x.neg()).neg();
      case IDENTITY -> x;
    };
  }

  private NDArray hardSigmoid(NDArray x) {
    return x.add(3).clip(0, 6).div(constant(6));
  }

  /** 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). */
  private NDArray geluTanh(NDArray x) {
    NDArray cube = x.mul(x).mul(x).mul(constant(0.044715));
    NDArray inner = x.add(cube).mul(constant(Math.sqrt(2 / Math.PI)));
    return x.mul(constant(0.5)).mul(inner.tanh().add(1));
  }

  private NDArray constant(double value) {
    return manager.full(new Shape(), (float) value);
  }

  @Override
  public NDArray layerNorm(NDArray x, String prefix, double epsilon) {
    NDArray gain = weight(prefix + ".weight");
    NDArray bias =
        hasWeight(prefix + ".bias")
            ? weight(prefix + ".bias")
            : manager.zeros(gain.getShape(), DataType.FLOAT32);
    return LayerNorm.layerNorm(x, gain.getShape(), gain, bias, (float) epsilon).singletonOrThrow();
  }

  @Override
  public NDArray rmsNorm(NDArray x, String weight, double epsilon) {
    NDArray square = x.mul(x).mean(new int[] {-1}, true);
    return x.div(square.add(epsilon).sqrt()).mul(weight(weight));
  }

  @Override
  public NDArray dropout(NDArray x, double probability) {
    return dropping && probability > 0
        ? x.mul(DropoutMask.create(manager, x.getShape(), probability))
        : x;
  }

  @Override
  public NDArray heads(NDArray x, int heads) {
    return headsFirst(perHead(x, heads));
  }

  @Override
  public NDArray perHead(NDArray x, int heads) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads);
  }

  @Override
  public NDArray headsFirst(NDArray x) {
    return x.transpose(0, 2, 1, 3);
  }

  @Override
  public NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
    NDList halves = x.split(2, 3);
    NDArray rotated = halves.get(1).neg().concat(halves.get(0), 3);
    return x.mul(cos).add(rotated.mul(sin));
  }

  @Override
  public NDArray attend(NDArray q, NDArray k, NDArray v, NDArray bias, double dropout) {
    Shape shape = q.getShape();
    int groups = (int) (shape.get(1) / k.getShape().get(1));
    NDArray keys = repeatHeads(k, groups).transpose(0, 1, 3, 2);
    NDArray scale = constant(1 / Math.sqrt(shape.get(3)));
    NDArray scores = q.matMul(keys).mul(scale).add(bias);
    NDArray weights = dropout(scores.softmax(-1), dropout);
    NDArray mixed = weights.matMul(repeatHeads(v, groups)).transpose(0, 2, 1, 3);
    return mixed.reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
  }

  /** Each key head serves a run of neighbouring query heads. */
  private static NDArray repeatHeads(NDArray x, int times) {
    if (times == 1) {
      return x;
    }
    Shape s = x.getShape();
    return x.expandDims(2)
        .broadcast(new Shape(s.get(0), s.get(1), times, s.get(2), s.get(3)))
        .reshape(s.get(0), s.get(1) * times, s.get(2), s.get(3));
  }

  @Override
  public List<NDArray> split(NDArray x, int parts) {
    return List.copyOf(x.split(parts, x.getShape().dimension() - 1));
  }

  @Override
  public NDArray relativeBias(NDArray buckets, NDArray table) {
    return embedding(buckets, table).transpose(2, 0, 1).expandDims(0);
  }

  @Override
  public NDArray firstToken(NDArray x) {
    return x.get(":, 0");
  }

  @Override
  public NDArray combineTokens(NDArray x, NDArray weights) {
    return weights.matMul(x).squeeze(1);
  }
}
