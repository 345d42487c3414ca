package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Prompt;
import dev.embedlab.encode.Role;
import dev.embedlab.engine.BatchWorkers;
import dev.embedlab.engine.EagerModules;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.GradMode;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.nn.Activation;
import dev.embedlab.progress.Progress;
import dev.embedlab.search.PairScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores pairs of texts by reading both at once: slower than comparing vectors, and better, so it
 * is used to rerank the first hits of a search.
 *
 * <pre>{@code
 * try (CrossEncoder model = Models.openCrossEncoder("cross-encoder/ms-marco-MiniLM-L6-v2")) {
 *   float[] scores = model.score("a query", List.of("a document", "another"));
 * }
 * }</pre>
 */
public final class CrossEncoder implements PairScorer, AutoCloseable {

  /** Pairs that are sorted by length together; bounds the memory of a run. */
  private static final int WINDOW = 4_096;

  private final Checkpoint checkpoint;
  private final NetworkRunner runner;
  private final EagerRunner eager;
  private final Activation activation;

  CrossEncoder(Checkpoint checkpoint, NetworkRunner runner) {
    this.checkpoint = checkpoint;
    this.runner = runner;
    this.eager = new EagerRunner(checkpoint.network(), checkpoint.weights());
    this.activation = CrossEncoderActivation.of(checkpoint);
  }

  @Override
  public String name() {
    return checkpoint.name();
  }

  /** Number of scores for each pair; 1 for models that rank. */
  public int labels() {
    return checkpoint.network().head().orElseThrow().labels();
  }

  /** The backend that runs the model, for example {@code eager}. */
  public String backend() {
    return runner.name();
  }

  /** Longest pair in tokens, special tokens included. */
  public int maxTokens() {
    return checkpoint.tokenizerSettings().maxTokens();
  }

  /**
   * Scores documents for one query with the model's own activation.
   *
   * @return {@code [documents]}
   * @throws IllegalStateException if the model has several labels
   */
  @Override
  public float[] score(String query, List<String> documents) {
    requireOneLabel();
    return flat(scores(documents.stream().map(d -> new TextPair(query, d)).toList()));
  }

  private void requireOneLabel() {
    if (labels() != 1) {
      throw new IllegalStateException(
          "'%s' gives %d scores for each pair, so it does not rank; use scores(pairs)."
              .formatted(name(), labels()));
    }
  }

  private static float[] flat(float[][] rows) {
    float[] values = new float[rows.length];
    IntStream.range(0, rows.length).forEach(i -> values[i] = rows[i][0]);
    return values;
  }

  /**
   * Scores pairs with the model's own activation.
   *
   * @return {@code [pairs][labels]}
   */
  public float[][] scores(List<TextPair> pairs) {
    return scores(pairs, new Prompt.ModelDefault());
  }

  /**
   * Scores pairs with the model's own activation, after putting a prompt in front of each first
   * text.
   *
   * @return {@code [pairs][labels]}
   * @throws IllegalArgumentException if the model has no prompt of the name asked for
   */
  public float[][] scores(List<TextPair> pairs, Prompt prompt) {
    return run(tokenize(pairs, prompt), activation);
  }

  /**
   * Scores any number of pairs with the memory of some thousand.
   *
   * @param total number of pairs, for the progress bar; 0 if not known
   * @param options prompt and progress; a score has neither dimensions nor a length
   * @param consumer takes the scores of each pair, {@code [labels]}
   * @return how many pairs were cut
   */
  public Truncation scores(
      Iterator<TextPair> pairs, long total, EncodeOptions options, VectorConsumer consumer) {
    Truncation sum = Truncation.of(List.of(), maxTokens());
    long start = 0;
    try (Progress.Task task = options.progress().start("score " + name(), total)) {
      while (pairs.hasNext()) {
        List<TextPair> window = new ArrayList<>();
        while (pairs.hasNext() && window.size() < WINDOW) {
          window.add(pairs.next());
        }
        List<TokenizedText> texts = tokenize(window, options.prompt());
        sum = sum.plus(Truncation.of(texts, maxTokens()));
        for (float[] scores : run(texts, activation)) {
          consumer.accept(start++, scores);
        }
        task.advance(window.size());
      }
    }
    return sum;
  }

  /** Scores pairs without any activation, {@code [pairs][labels]}. */
  public float[][] logits(List<TextPair> pairs) {
    return run(tokenize(pairs, new Prompt.ModelDefault()), Activation.IDENTITY);
  }

  private float[][] run(List<TokenizedText> texts, Activation function) {
    float[][] result = new float[texts.size()][];
    List<Runnable> batches = new ArrayList<>();
    for (int[] positions : BatchPlan.of(texts, BatchWorkers.count())) {
      batches.add(
          () -> {
            TokenBatch batch = toBatch(Arrays.stream(positions).mapToObj(texts::get).toList());
            float[] flat = runBatch(batch, function);
            for (int i = 0; i < positions.length; i++) {
              result[positions[i]] = Arrays.copyOfRange(flat, i * labels(), (i + 1) * labels());
            }
          });
    }
    BatchWorkers.run(batches);
    return result;
  }

  private List<TokenizedText> tokenize(List<TextPair> pairs, Prompt prompt) {
    String text = checkpoint.config().resolve(prompt, Role.NONE);
    return pairs.parallelStream()
        .map(pair -> checkpoint.tokenizer().encode(text + pair.first(), pair.second()))
        .toList();
  }

  private TokenBatch toBatch(List<TokenizedText> texts) {
    return TokenBatch.of(texts, checkpoint.paddingId(), 0);
  }

  private float[] runBatch(TokenBatch batch, Activation function) {
    try (NDManager manager = checkpoint.weights().manager().newSubManager();
        GradMode _ = GradMode.off()) {
      NDArray logits = runner.run(manager, batch);
      return EagerModules.activate(manager, logits, function).toFloatArray();
    }
  }

  /** A batch for {@link #forward}. */
  public TokenBatch batch(List<TextPair> pairs) {
    return toBatch(tokenize(pairs, new Prompt.ModelDefault()));
  }

  /**
   * Logits that a gradient collector can differentiate, {@code [batch][labels]}.
   *
   * @param manager must stay open until backward
   * @param training whether dropout is on
   * @throws IllegalStateException if the checkpoint has an ONNX graph and no weights
   */
  public NDArray forward(NDManager manager, TokenBatch batch, boolean training) {
    checkpoint.requireWeights("trained");
    return eager.forward(manager, batch, training);
  }

  /** How many pairs would be cut. */
  public Truncation truncation(List<TextPair> pairs) {
    return Truncation.of(tokenize(pairs, new Prompt.ModelDefault()), maxTokens());
  }

  /** Everything that was read from the folder, parameters included. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Saves the model so that Python's sentence-transformers opens it as a CrossEncoder. */
  public void save(Path folder) throws IOException {
    new CheckpointWriter(checkpoint).write(folder, ModelCard.of(this));
  }

  @Override
  public void close() {
    runner.close();
    checkpoint.close();
  }
}
