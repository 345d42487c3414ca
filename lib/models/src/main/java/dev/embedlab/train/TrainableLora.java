package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.encode.Encoder;
import dev.embedlab.engine.GradMode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Trains a checkpoint through low-rank adapters: a weight {@code W [out][in]} becomes {@code W +
 * alpha/rank * B A} with {@code A [rank][in]} random and {@code B [out][rank]} zero at the start,
 * and only A and B are trained. A checkpoint has a hundredth of the state of full training, and
 * little is forgotten.
 *
 * <pre>{@code
 * try (var lora = TrainableLora.of(model, 8, 16)) {
 *   Trainer.builder().learningRate(2e-4).build().train(lora, pairs);
 * }
 * model.save(folder); // the adapters are merged: Python opens it as any other model
 * }</pre>
 *
 * <p>The model always holds the merged weights. Its gradient {@code dW} is turned into those of the
 * adapters, {@code dB = s dW A^T} and {@code dA = s B^T dW}, which is what backpropagation through
 * the product gives. Dropout takes columns out of A for a step, which is to drop the same inputs of
 * the adapter for all tokens of the step, where the reference draws anew for each token.
 *
 * <p>Source: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021).
 */
public final class TrainableLora implements TrainableEncoder {

  /** Query, key and value projections under the names that the supported encoders give them. */
  public static final Pattern ATTENTION =
      Pattern.compile("(\\.(query|key|value|[qkv]_lin|[qkv]_proj|Wqkv)|attn\\.[qkv])\\.weight$");

  private final TrainableTransformer transformer;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final List<Adapter> adapters = new ArrayList<>();
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final float scale;
  private final double dropout;

  /**
   * One weight of the model, a copy of it as it was, and what is added to it.
   *
   * @param kept {@code [1][in]}, the factor on each column of A in this step, 0 where it is dropped
   */
  private record Adapter(NDArray weight, NDArray original, NDArray a, NDArray b, NDArray kept) {}

  /**
   * @param rank of the product, at least 1, usually 8
   * @param alpha the product is scaled by alpha / rank; usually twice the rank
   * @param dropout share of an adapter's inputs that a step leaves out, in [0, 1), usually 0 to 0.1
   * @param targets finds the names of the weights that get adapters
   * @param seed of the initial values of A
   */
  public record Settings(int rank, double alpha, double dropout, Pattern targets, long seed) {

    public Settings {
      if (rank < 1) {
        throw new IllegalArgumentException("rank must be at least 1, but is %d.".formatted(rank));
      }
      if (!(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException(
            "dropout must be at least 0 and below 1, but is %s.".formatted(dropout));
      }
    }

    /** Rank 8, alpha 16, no dropout, on the attention layers. */
    public static Settings defaults() {
      return new Settings(8, 16, 0, ATTENTION, 42);
    }

    public Settings withRank(int value, double alpha) {
      return new Settings(value, alpha, dropout, targets, seed);
    }

    public Settings withDropout(double value) {
      return new Settings(rank, alpha, value, targets, seed);
    }

    public Settings withTargets(Pattern value) {
      return new Settings(rank, alpha, dropout, value, seed);
    }

    public Settings withSeed(long value) {
      return new Settings(rank, alpha, dropout, targets, value);
    }
  }

  private TrainableLora(EmbeddingModel model, Settings settings) {
    this.transformer = new TrainableTransformer(model);
    this.scale = (float) (settings.alpha() / settings.rank());
    this.dropout = settings.dropout();
    Random random = new Random(settings.seed());
    transformer
        .weights()
        .forEach(
            (name, weight) -> {
              boolean target =
                  settings.targets().matcher(name).find() && weight.getShape().dimension() == 2;
              weight.setRequiresGradient(target);
              if (target) {
                add(name, weight, settings.rank(), random);
              }
            });
    if (adapters.isEmpty()) {
      throw new IllegalArgumentException(
          "No weight of '%s' matches '%s'; its weights are %s."
              .formatted(model.name(), settings.targets(), transformer.weights().keySet()));
    }
  }

  /**
   * Adapters on the attention layers.
   *
   * @param rank at least 1, usually 8
   * @param alpha factor of the adapters is alpha / rank; usually twice the rank
   */
  public static TrainableLora of(EmbeddingModel model, int rank, double alpha) {
    return of(model, Settings.defaults().withRank(rank, alpha));
  }

  public static TrainableLora of(EmbeddingModel model, Settings settings) {
    return new TrainableLora(model, settings);
  }

  private void add(String name, NDArray weight, int rank, Random random) {
    long out = weight.getShape().get(0);
    long in = weight.getShape().get(1);
    // Kaiming's uniform with slope sqrt(5), the default of linear layers in the reference.
    float bound = (float) (1 / Math.sqrt(in));
    float[] values = new float[Math.toIntExact(rank * in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound;
    }
    NDArray a = manager.create(values, new Shape(rank, in));
    NDArray b = manager.zeros(new Shape(out, rank));
    a.setRequiresGradient(true);
    b.setRequiresGradient(true);
    NDArray original = manager.create(weight.toFloatArray(), weight.getShape());
    adapters.add(new Adapter(weight, original, a, b, manager.ones(new Shape(1, in))));
    weights.put(name + ".lora_A", a);
    weights.put(name + ".lora_B", b);
  }

  @Override
  public NDArray forward(NDManager step, List<String> texts, boolean training) {
    return transformer.forward(step, texts, training);
  }

  @Override
  public List<NDArray> forwardAll(NDManager step, List<List<String>> columns, boolean training) {
    return transformer.forwardAll(step, columns, training);
  }

  /** The adapters alone, {@code name.lora_A} and {@code name.lora_B}. */
  @Override
  public Map<String, NDArray> weights() {
    return weights;
  }

  @Override
  public void stepStarts(long seed) {
    if (dropout == 0) {
      return;
    }
    Random random = new Random(seed);
    for (Adapter adapter : adapters) {
      float[] kept = new float[Math.toIntExact(adapter.kept().size())];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextDouble() < dropout ? 0 : (float) (1 / (1 - dropout));
      }
      adapter.kept().set(FloatBuffer.wrap(kept));
    }
    merge(true);
  }

  @Override
  public void gradientsReady() {
    for (Adapter adapter : adapters) {
      try (GradMode _ = GradMode.off();
          NDManager scope = manager.newSubManager();
          NDArray gradient = adapter.weight().getGradient();
          NDArray gradientA = adapter.a().getGradient();
          NDArray gradientB = adapter.b().getGradient()) {
        scope.tempAttachAll(gradient, adapter.a(), adapter.b(), adapter.kept());
        NDArray factor = adapter.kept().mul(scope.full(new Shape(), scale));
        gradientA.addi(adapter.b().transpose().matMul(gradient).mul(factor));
        gradientB.addi(gradient.matMul(adapter.a().mul(factor).transpose()));
        gradient.subi(gradient);
      }
    }
  }

  @Override
  public void stepDiscarded() {
    ZeroGradients.set(manager, adapters.stream().map(Adapter::weight).toList());
    if (dropout > 0) {
      merge(false);
    }
  }

  @Override
  public void weightsChanged() {
    merge(false);
  }

  private void merge(boolean withDropout) {
    for (Adapter adapter : adapters) {
      try (GradMode _ = GradMode.off();
          NDManager scope = manager.newSubManager()) {
        scope.tempAttachAll(adapter.a(), adapter.b(), adapter.kept());
        NDArray a = withDropout ? adapter.a().mul(adapter.kept()) : adapter.a();
        NDArray product = adapter.b().matMul(a);
        NDArray merged = product.mul(scope.full(new Shape(), scale)).add(adapter.original());
        merged.copyTo(adapter.weight());
      }
    }
  }

  @Override
  public Encoder snapshot(String name) {
    return transformer.snapshot(name);
  }

  /** Frees the adapters; the model keeps the merged weights. */
  @Override
  public void close() {
    transformer.close();
    manager.close();
  }
}
