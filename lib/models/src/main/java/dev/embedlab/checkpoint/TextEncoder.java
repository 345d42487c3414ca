package dev.embedlab.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Normalization;
import dev.embedlab.engine.BatchWorkers;
import dev.embedlab.engine.GradMode;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.WorkerThreads;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** From texts to vectors: prompt, tokens, batches, network, modules, truncation, normalization. */
final class TextEncoder {

  /** Texts that are sorted by length together; a run holds the tokens of two such windows. */
  private static final int WINDOW = 8_192;

  private static final int TIMED_BATCHES_OF_A_THREAD = 8;

  private final Checkpoint checkpoint;
  private final NetworkRunner runner;
  private final SentenceModules modules;

  TextEncoder(Checkpoint checkpoint, NetworkRunner runner, SentenceModules modules) {
    this.checkpoint = checkpoint;
    this.runner = runner;
    this.modules = modules;
  }

  Truncation encode(
      Iterator<String> texts, long total, EncodeOptions options, VectorConsumer consumer) {
    Request request = request(options);
    Truncation sum = Truncation.of(List.of(), maxTokens());
    long start = 0;
    Future<List<TokenizedText>> next = CompletableFuture.completedFuture(List.of());
    try (Progress.Task task = options.progress().start("encode " + checkpoint.name(), total)) {
      List<TokenizedText> window = tokenize(nextWindow(texts), request.prompt());
      while (!window.isEmpty()) {
        List<String> following = nextWindow(texts);
        next =
            following.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : WorkerThreads.start(() -> tokenize(following, request.prompt()));
        sum = sum.plus(Truncation.of(window, maxTokens()));
        if (sum.truncatedTexts() > 0) {
          task.note(sum.toString());
        }
        for (float[] vector : encodeWindow(window, request, task)) {
          consumer.accept(start++, vector);
        }
        window = BatchWorkers.await(next);
      }
    } finally {
      // The tokenizer may be closed after an error, but not while it works.
      BatchWorkers.finish(next);
    }
    return sum;
  }

  Truncation truncation(List<String> texts, EncodeOptions options) {
    String prompt = request(options).prompt();
    Truncation sum = Truncation.of(List.of(), maxTokens());
    Iterator<String> iterator = texts.iterator();
    while (iterator.hasNext()) {
      sum = sum.plus(Truncation.of(tokenize(nextWindow(iterator), prompt), maxTokens()));
    }
    return sum;
  }

  TokenBatch batch(List<String> texts, String prompt) {
    return toBatch(tokenize(texts, prompt), promptTokens(prompt));
  }

  /** What the options mean for this model. */
  private record Request(String prompt, int promptTokens, int dimension, boolean normalize) {}

  private Request request(EncodeOptions options) {
    String prompt = checkpoint.config().resolve(options.prompt(), options.role());
    int full = checkpoint.fullDimension();
    if (options.truncateDim() > full) {
      throw new IllegalArgumentException(
          "truncateDim is %d, but the vectors of '%s' have only %d dimensions."
              .formatted(options.truncateDim(), checkpoint.name(), full));
    }
    int asked =
        options.truncateDim() > 0 ? options.truncateDim() : checkpoint.config().truncateDim();
    return new Request(
        prompt,
        promptTokens(prompt),
        asked > 0 ? Math.min(asked, full) : full,
        options.normalization() == Normalization.ALWAYS);
  }

  /** Only pooling that leaves prompts out needs to know how long they are. */
  private int promptTokens(String prompt) {
    boolean excluded =
        checkpoint.modules().stream()
            .anyMatch(m -> m instanceof ModuleSpec.Pooling p && !p.includePrompt());
    return excluded && !prompt.isEmpty() ? checkpoint.tokenizer().promptTokens(prompt) : 0;
  }

  private static List<String> nextWindow(Iterator<String> texts) {
    List<String> window = new ArrayList<>();
    while (window.size() < WINDOW && texts.hasNext()) {
      window.add(texts.next());
    }
    return window;
  }

  private List<TokenizedText> tokenize(List<String> texts, String prompt) {
    TextTokenizer tokenizer = checkpoint.tokenizer();
    return texts.parallelStream().map(text -> tokenizer.encode(prompt + text)).toList();
  }

  private int maxTokens() {
    return checkpoint.tokenizerSettings().maxTokens();
  }

  private TokenBatch toBatch(List<TokenizedText> texts, int promptTokens) {
    return TokenBatch.of(texts, checkpoint.paddingId(), promptTokens);
  }

  private float[][] encodeWindow(List<TokenizedText> texts, Request request, Progress.Task task) {
    float[][] vectors = new float[texts.size()][];
    List<Runnable> batches = new ArrayList<>();
    for (int[] positions : BatchPlan.of(texts, BatchWorkers.count())) {
      batches.add(
          () -> {
            TokenBatch batch = toBatch(rows(texts, positions), request.promptTokens());
            float[][] encoded = encodeBatch(batch, request);
            for (int i = 0; i < positions.length; i++) {
              vectors[positions[i]] = encoded[i];
            }
            task.advance(positions.length);
          });
    }
    BatchWorkers.run(batches);
    return vectors;
  }

  /**
   * What a token of a long run costs.
   *
   * @param nanos by the clock, with all threads at work
   * @param allocated bytes of the heap, garbage included
   */
  record TokenCost(double nanos, double allocated) {}

  /**
   * Runs batches at even distances in the order of length, which is the order of the run, and
   * divides what they took by the number of their tokens. The longest batch is one of the first, so
   * the native memory of a run is there afterwards.
   */
  TokenCost costPerToken(List<String> texts, EncodeOptions options) {
    Request request = request(options);
    List<TokenizedText> tokenized = tokenize(texts, request.prompt());
    int threads = BatchWorkers.count();
    List<int[]> plan = BatchPlan.of(tokenized, threads);
    int count = Math.min(plan.size(), threads * TIMED_BATCHES_OF_A_THREAD);
    List<Runnable> timed = new ArrayList<>();
    long tokens = 0;
    for (int i = 0; i < count; i++) {
      List<TokenizedText> rows = rows(tokenized, plan.get((int) ((i + 0.5) * plan.size() / count)));
      tokens += rows.stream().mapToLong(TokenizedText::length).sum();
      timed.add(() -> encodeBatch(toBatch(rows, request.promptTokens()), request));
    }
    // The first batches pay for memory and code that later ones find ready.
    List<Runnable> first = new ArrayList<>();
    for (int[] positions : plan.subList(0, Math.min(plan.size(), threads))) {
      TokenBatch batch = toBatch(rows(tokenized, positions), request.promptTokens());
      first.add(() -> encodeBatch(batch, request));
    }
    BatchWorkers.run(first);
    long allocated = ProcessMemory.allocated();
    long start = System.nanoTime();
    BatchWorkers.run(timed);
    double perToken = 1.0 / Math.max(1, tokens);
    return new TokenCost(
        (System.nanoTime() - start) * perToken, (ProcessMemory.allocated() - allocated) * perToken);
  }

  private static List<TokenizedText> rows(List<TokenizedText> texts, int[] positions) {
    return Arrays.stream(positions).mapToObj(texts::get).toList();
  }

  /** Texts whose tokens are held at the same time: the window that is encoded, and the next. */
  static int heldTexts() {
    return 2 * WINDOW;
  }

  private float[][] encodeBatch(TokenBatch batch, Request request) {
    try (NDManager manager = checkpoint.weights().manager().newSubManager();
        GradMode _ = GradMode.off()) {
      NDArray output = modules.apply(manager, runner.run(manager, batch), batch, false);
      float[] flat = output.toFloatArray();
      int width = flat.length / batch.size();
      float[][] vectors = new float[batch.size()][];
      for (int i = 0; i < vectors.length; i++) {
        int from = i * width;
        vectors[i] = Arrays.copyOfRange(flat, from, from + Math.min(width, request.dimension()));
        if (request.normalize()) {
          normalize(vectors[i]);
        }
      }
      return vectors;
    }
  }

  private static void normalize(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    float norm = Math.max((float) Math.sqrt(sum), 1e-12f);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= norm;
    }
  }
}
