package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.engine.EagerModules;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * A bi-encoder from a checkpoint: encodes texts, can be trained, and is saved in the layout that
 * Python's sentence-transformers opens.
 *
 * <pre>{@code
 * try (EmbeddingModel model = Models.open("sentence-transformers/all-MiniLM-L6-v2")) {
 *   float[][] vectors = model.encode(List.of("a text", "another"));
 * }
 * }</pre>
 */
public final class EmbeddingModel implements Encoder {

  private final Checkpoint checkpoint;
  private final NetworkRunner runner;
  private final EagerRunner eager;
  private final SentenceModules modules;
  private final TextEncoder texts;

  EmbeddingModel(Checkpoint checkpoint, NetworkRunner runner) {
    this.checkpoint = checkpoint;
    this.runner = runner;
    this.eager = new EagerRunner(checkpoint.network(), checkpoint.weights());
    this.modules =
        new SentenceModules(checkpoint.modules(), new EagerModules(checkpoint.weights()));
    this.texts = new TextEncoder(checkpoint, runner, modules);
  }

  @Override
  public String name() {
    return checkpoint.name();
  }

  /** Length of the vectors, after the truncation that the checkpoint itself asks for. */
  @Override
  public int dimension() {
    int full = checkpoint.fullDimension();
    int truncated = checkpoint.config().truncateDim();
    return truncated > 0 ? Math.min(full, truncated) : full;
  }

  @Override
  public Similarity similarity() {
    return checkpoint.config().similarity();
  }

  @Override
  public OptionalInt maxTokens() {
    int max = checkpoint.tokenizerSettings().maxTokens();
    return max == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(max);
  }

  /** The backend that runs the encoder, for example {@code eager}. */
  public String backend() {
    return runner.name();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the model has no prompt of the name asked for, or a text is
   *     not Unicode
   */
  @Override
  public float[][] encode(List<String> inputs, EncodeOptions options) {
    return encodeWithReport(inputs, options).vectors();
  }

  /** Encodes, and says how many texts were cut. */
  public Encoded encodeWithReport(List<String> inputs, EncodeOptions options) {
    float[][] vectors = new float[inputs.size()][];
    Truncation truncation =
        texts.encode(
            inputs.iterator(),
            inputs.size(),
            options,
            (position, vector) -> vectors[(int) position] = vector);
    return new Encoded(vectors, truncation);
  }

  /**
   * Encodes any number of texts with the memory of some thousand.
   *
   * @return how many texts were cut
   */
  public Truncation encode(
      Iterator<String> inputs, EncodeOptions options, VectorConsumer consumer) {
    return encode(inputs, 0, options, consumer);
  }

  /**
   * As {@link #encode(Iterator, EncodeOptions, VectorConsumer)}.
   *
   * @param total number of texts, for the progress bar; 0 if not known
   */
  public Truncation encode(
      Iterator<String> inputs, long total, EncodeOptions options, VectorConsumer consumer) {
    return texts.encode(inputs, total, options, consumer);
  }

  /** Counts what would be cut, without encoding. */
  public Truncation truncation(List<String> inputs, EncodeOptions options) {
    return texts.truncation(inputs, options);
  }

  /** Measures a sample and tells how long all texts will take. */
  public Forecast forecast(List<String> inputs, EncodeOptions options) {
    int asked = options.truncateDim();
    return Forecast.measure(
        texts, asked > 0 ? Math.min(asked, dimension()) : dimension(), inputs, options);
  }

  /**
   * Measures how many texts a second are encoded, after one run that is not counted.
   *
   * @param runs at least 1; the spread between them says how far to trust the median
   */
  public Throughput throughput(List<String> inputs, EncodeOptions options, int runs) {
    return Throughput.measure(this, inputs, options, runs);
  }

  /** Token ids of one text as the encoder sees it, without prompt. */
  public TokenizedText tokenize(String text) {
    return checkpoint.tokenizer().encode(text);
  }

  /**
   * A batch for {@link #forward}.
   *
   * @param prompt put in front of each text; may be empty
   */
  public TokenBatch batch(List<String> inputs, String prompt) {
    return texts.batch(inputs, prompt);
  }

  /**
   * Runs all modules with DJL operations so that a gradient collector can differentiate them.
   *
   * @param manager owns everything in between; must stay open until backward
   * @param training whether dropout is on
   * @return {@code [batch][dim]}, not truncated
   * @throws IllegalStateException if the checkpoint has an ONNX graph and no weights
   */
  public NDArray forward(NDManager manager, TokenBatch batch, boolean training) {
    return forward(manager, batch, training, training);
  }

  /**
   * As {@link #forward(NDManager, TokenBatch, boolean)}, with dropout by itself.
   *
   * @param training whether the operations are those that have the faster backward pass
   */
  public NDArray forward(NDManager manager, TokenBatch batch, boolean training, boolean dropout) {
    checkpoint.requireWeights("trained");
    NDArray tokens = eager.forward(manager, batch, training, dropout);
    return modules.apply(manager, tokens, batch, dropout);
  }

  /** Everything that was read from the folder, parameters included. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Saves the model so that Python's sentence-transformers opens it.
   *
   * @param folder is created; files of the same names are replaced
   * @throws IllegalStateException if the checkpoint has an ONNX graph and no weights; copy its
   *     folder
   */
  public void save(Path folder) throws IOException {
    save(folder, ModelCard.of(this));
  }

  /** As {@link #save(Path)}, with a model card that tells how the model came to be. */
  public void save(Path folder, ModelCard card) throws IOException {
    new CheckpointWriter(checkpoint).write(folder, card);
  }

  @Override
  public void close() {
    runner.close();
    checkpoint.close();
  }
}
