package dev.embedlab.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.embedlab.encode.Encoder;
import dev.embedlab.engine.GradMode;
import dev.embedlab.train.loss.Embeddings;
import dev.embedlab.train.loss.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Adds the gradient of one batch to the weights, in one pass or in chunks whose size bounds the
 * memory.
 *
 * <p>Source of the chunked way: Gao et al., "Scaling Deep Contrastive Learning Batch Size under
 * Memory Limited Setup" (GradCache, 2021).
 */
final class GradientStep {

  private final TrainableEncoder encoder;
  private final Optional<Encoder> teacher;
  private final List<String> prompts;
  private final NDManager manager;

  GradientStep(
      TrainableEncoder encoder,
      Optional<Encoder> teacher,
      List<String> prompts,
      NDManager manager) {
    this.encoder = encoder;
    this.teacher = teacher;
    this.prompts = prompts;
    this.manager = manager;
  }

  /**
   * @param batch in any order; columns that not all examples have are cut short
   * @param share factor on the loss, below 1 when gradients of several batches are averaged
   * @param chunk texts embedded at a time; 0 for all at once
   * @param seed of dropout
   * @return the loss before {@code share}
   */
  float run(List<TrainingExample> batch, Loss loss, double share, int chunk, long seed) {
    List<TrainingExample> rows =
        batch.stream().sorted(Comparator.comparingInt(example -> -example.texts().size())).toList();
    List<List<String>> columns = encoder.columns(rows, prompts);
    return chunk > 0 && rows.size() > chunk
        ? cached(rows, columns, loss, share, chunk, seed)
        : direct(rows, columns, loss, share, seed);
  }

  private float direct(
      List<TrainingExample> batch, List<List<String>> columns, Loss loss, double share, long seed) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = newCollector()) {
      seedDropout(seed);
      List<NDArray> embeddings = encoder.forwardAll(step, columns, true);
      NDArray value = loss.compute(inputs(step, batch, columns, embeddings));
      collector.backward(scaled(step, value, share));
      return value.getFloat();
    }
  }

  private float cached(
      List<TrainingExample> batch,
      List<List<String>> columns,
      Loss loss,
      double share,
      int chunk,
      long seed) {
    try (NDManager step = manager.newSubManager()) {
      List<NDArray> embeddings = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        embeddings.add(embedWithoutGradient(step, columns.get(column), chunk, seed + column));
      }
      float value;
      try (GradientCollector collector = newCollector()) {
        embeddings.forEach(e -> e.setRequiresGradient(true));
        NDArray result = loss.compute(inputs(step, batch, columns, embeddings));
        collector.backward(scaled(step, result, share));
        value = result.getFloat();
      }
      for (int column = 0; column < columns.size(); column++) {
        NDArray gradient = embeddings.get(column).getGradient();
        gradient.attach(step);
        pushBack(columns.get(column), gradient, chunk, seed + column);
      }
      return value;
    }
  }

  private NDArray embedWithoutGradient(NDManager step, List<String> texts, int chunk, long seed) {
    NDList parts = new NDList();
    for (int from = 0; from < texts.size(); from += chunk) {
      try (NDManager scratch = manager.newSubManager();
          GradMode _ = GradMode.off()) {
        seedDropout(seed + from);
        NDArray part =
            encoder.forward(
                scratch, texts.subList(from, Math.min(texts.size(), from + chunk)), true);
        part.attach(step);
        parts.add(part);
      }
    }
    return NDArrays.concat(parts, 0);
  }

  /** Embeds again, chunk by chunk, with the same dropout, and feeds the known gradient in. */
  private void pushBack(List<String> texts, NDArray gradient, int chunk, long seed) {
    for (int from = 0; from < texts.size(); from += chunk) {
      int to = Math.min(texts.size(), from + chunk);
      try (NDManager scratch = manager.newSubManager();
          GradientCollector collector = newCollector()) {
        seedDropout(seed + from);
        NDArray part = encoder.forward(scratch, texts.subList(from, to), true);
        NDArray wanted = gradient.get(from + ":" + to).stopGradient();
        wanted.attach(scratch);
        collector.backward(part.mul(wanted).sum());
      }
    }
  }

  private Embeddings inputs(
      NDManager step,
      List<TrainingExample> batch,
      List<List<String>> columns,
      List<NDArray> embeddings) {
    Embeddings inputs = Embeddings.of(embeddings.toArray(NDArray[]::new));
    int targets = batch.getFirst().labels().size();
    if (targets > 0) {
      float[] labels = new float[batch.size() * targets];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = batch.get(i / targets).labels().get(i % targets);
      }
      Shape shape = targets == 1 ? new Shape(batch.size()) : new Shape(batch.size(), targets);
      inputs = inputs.withLabels(step.create(labels, shape));
    }
    if (teacher.isPresent()) {
      inputs =
          inputs.withTeacher(
              columns.stream().map(c -> step.create(teacher.get().encode(c))).toList());
    }
    return inputs;
  }

  private static NDArray scaled(NDManager step, NDArray loss, double share) {
    return share == 1 ? loss : loss.mul(step.full(new Shape(), (float) share));
  }

  private static void seedDropout(long seed) {
    Engine.getEngine("PyTorch").setRandomSeed((int) (seed ^ (seed >>> 32)));
  }

  private static GradientCollector newCollector() {
    return Engine.getEngine("PyTorch").newGradientCollector();
  }
}
