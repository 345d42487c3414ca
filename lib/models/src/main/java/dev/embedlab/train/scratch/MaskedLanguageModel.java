package dev.embedlab.train.scratch;

import static java.util.Objects.requireNonNull;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.GradMode;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.train.LengthBuckets;
import dev.embedlab.train.ShutdownGuard;
import dev.embedlab.train.TrainingHistory;
import dev.embedlab.train.ZeroGradients;
import dev.embedlab.train.loss.CrossEntropy;
import dev.embedlab.train.loss.Embeddings;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Pretrains a BERT encoder in place by hiding words and guessing them, so that its token vectors
 * come to depend on their context.
 *
 * <pre>{@code
 * try (var mlm = new MaskedLanguageModel(model, 42)) {
 *   mlm.pretrain(texts, MaskedLanguageModel.Settings.defaults().withEpochs(10), progress);
 *   mlm.guess("returns the [MASK] of the list", 5);
 * }
 * }</pre>
 *
 * <p>The head that guesses belongs to this object and is not saved with the model; its last layer
 * is the table of word vectors itself.
 *
 * <p>Source: Devlin et al., "BERT" (2018). Next-sentence prediction can be switched on to see what
 * Liu et al., "RoBERTa" (2019) saw when they left it out.
 */
public final class MaskedLanguageModel implements AutoCloseable {

  /** Batches whose texts are sorted by length together; with sixteen, a step teaches less. */
  private static final int BUCKETS = 4;

  private static final int LEAST_TOKENS = 8;

  private final EmbeddingModel model;
  private final EagerRunner encoder;
  private final MaskingHead head;
  private final TokenizerPipeline tokenizer;
  private final TextTokenizer uncut;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  /**
   * @param epochs passes over the texts, at least 1
   * @param batchSize inputs in a batch, at least 1
   * @param tokens longest input in tokens, special tokens included, at least 8; longer ones than
   *     the model takes are made as long as it takes, and longer texts are several inputs
   * @param learningRate the highest; small models stand 1e-3
   * @param wholeWords whether the pieces of a word are hidden together
   * @param nextSentence whether the model also learns to tell if the second half follows the first
   */
  public record Settings(
      int epochs,
      int batchSize,
      int tokens,
      double learningRate,
      boolean wholeWords,
      boolean nextSentence,
      long seed) {

    public Settings {
      if (epochs < 1 || batchSize < 1 || tokens < LEAST_TOKENS || !(learningRate > 0)) {
        throw new IllegalArgumentException(
            "epochs %d, batchSize %d, tokens %d, learningRate %s: all must be positive, and tokens at least 8."
                .formatted(epochs, batchSize, tokens, learningRate));
      }
    }

    /** Ten epochs, 32 inputs of 64 tokens, rate 1e-3, whole words, no next sentences. */
    public static Settings defaults() {
      return new Settings(10, 32, 64, 1e-3, true, false, 42);
    }

    public Settings withEpochs(int value) {
      return new Settings(value, batchSize, tokens, learningRate, wholeWords, nextSentence, seed);
    }

    public Settings withWholeWords(boolean value) {
      return new Settings(epochs, batchSize, tokens, learningRate, value, nextSentence, seed);
    }

    public Settings withNextSentence(boolean value) {
      return new Settings(epochs, batchSize, tokens, learningRate, wholeWords, value, seed);
    }
  }

  /**
   * Where a run is saved, to go on after its process was killed and end with the same bits.
   *
   * @param folder of this run alone
   * @param every steps between two saves, at least 1
   */
  public record Checkpoints(Path folder, int every) {
    public Checkpoints {
      requireNonNull(folder, "folder");
      if (every < 1) {
        throw new IllegalArgumentException("every must be at least 1, but is %d.".formatted(every));
      }
    }
  }

  /** A piece and the probability that it is the hidden one. */
  public record Guess(String piece, double probability) {
    @Override
    public String toString() {
      return "%s %.3f".formatted(piece, probability);
    }
  }

  /**
   * @param model whose folder has a {@code tokenizer.json} with the piece [MASK]
   * @param seed of the head's weights
   */
  public MaskedLanguageModel(EmbeddingModel model, long seed) throws IOException {
    this.model = model;
    this.encoder = new EagerRunner(model.checkpoint().network(), model.checkpoint().weights());
    this.tokenizer = TokenizerJson.read(model.checkpoint().tokenizerSettings().file());
    requireRoom(model);
    this.head = new MaskingHead(manager, model.checkpoint().weights(), seed);
    this.uncut =
        TextTokenizer.open(model.checkpoint().tokenizerSettings().withMaxTokens(Integer.MAX_VALUE));
  }

  private static void requireRoom(EmbeddingModel model) {
    int most = model.checkpoint().tokenizerSettings().maxTokens();
    if (most < LEAST_TOKENS) {
      throw new IllegalArgumentException(
          "'%s' takes %d tokens, but pretraining needs a model that takes %d or more."
              .formatted(model.name(), most, LEAST_TOKENS));
    }
  }

  /**
   * Trains all weights of the model, on batches of texts of like length.
   *
   * @return the loss of each step, in nats for each hidden piece
   */
  public TrainingHistory pretrain(List<String> texts, Settings settings, Progress progress) {
    return pretrain(texts, settings, progress, Optional.empty());
  }

  /**
   * As above, from the last checkpoint on if there is one; an interrupted run saves and ends, and
   * so does one whose process is told to end (SIGTERM, Ctrl-C).
   */
  public TrainingHistory pretrain(
      List<String> texts, Settings settings, Progress progress, Checkpoints checkpoints)
      throws IOException {
    try {
      return pretrain(texts, settings, progress, Optional.of(checkpoints));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TrainingHistory pretrain(
      List<String> texts, Settings settings, Progress progress, Optional<Checkpoints> checkpoints) {
    long began = System.nanoTime();
    int room = Math.min(settings.tokens(), model.checkpoint().tokenizerSettings().maxTokens());
    PretrainingTexts inputs = new PretrainingTexts(uncut, texts, room);
    Masking masking = new Masking(tokenizer, settings.wholeWords());
    List<List<PretrainingTexts.Input>> batches = batches(inputs, masking, settings);
    List<NDArray> weights = new ArrayList<>(model.checkpoint().weights().arrays().values());
    weights.addAll(head.weights());
    weights.forEach(weight -> weight.setRequiresGradient(true));
    TrainingHistory.Outcome outcome = TrainingHistory.Outcome.FINISHED;
    List<Float> losses = new ArrayList<>();
    Schedule schedule = Schedule.linear(0.1);
    try (AdamW optimizer = optimizer(weights);
        Progress.Task bar = progress.start("pretrain (steps)", batches.size())) {
      PretrainingCheckpoint place =
          new PretrainingCheckpoint(checkpoints, settings + " " + texts.hashCode());
      Map<String, NDArray> tensors = PretrainingCheckpoint.tensors(weights, optimizer);
      losses.addAll(place.resume(tensors));
      bar.advance(losses.size());
      try (var guard = new ShutdownGuard(() -> place.reached(losses, tensors, true))) {
        while (losses.size() < batches.size() && outcome == TrainingHistory.Outcome.FINISHED) {
          int step = losses.size();
          double factor = schedule.factor(step, batches.size());
          guard.protect(
              () -> {
                float loss = gradients(batches.get(step), masking, settings, step);
                optimizer.clipGradients(1);
                optimizer.step(settings.learningRate() * factor);
                optimizer.zeroGradients();
                losses.add(loss);
              });
          bar.advance(1);
          bar.note("loss %.3f".formatted(losses.getLast()));
          boolean interrupted = Thread.interrupted();
          guard.protect(() -> place.reached(losses, tensors, interrupted));
          if (interrupted) {
            outcome = TrainingHistory.Outcome.INTERRUPTED;
          }
        }
      }
    }
    weights.forEach(weight -> weight.setRequiresGradient(false));
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    return new TrainingHistory(losses, List.of(), outcome, time);
  }

  private static List<List<PretrainingTexts.Input>> batches(
      PretrainingTexts texts, Masking masking, Settings settings) {
    List<List<PretrainingTexts.Input>> batches = new ArrayList<>();
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      var inputs = texts.epoch(settings.nextSentence(), new Random(settings.seed() + epoch));
      inputs.removeIf(input -> !masking.hidesAnyOf(input.text()));
      int[] lengths = inputs.stream().mapToInt(input -> input.text().length()).toArray();
      LengthBuckets.batches(lengths, settings.batchSize(), BUCKETS, settings.seed() + epoch)
          .forEach(batch -> batches.add(Arrays.stream(batch).mapToObj(inputs::get).toList()));
    }
    if (batches.isEmpty()) {
      throw new IllegalArgumentException(
          "Pretraining finds nothing to hide, as the tokenizer knows no piece of the texts; give a model whose tokenizer was trained on texts like these.");
    }
    return batches;
  }

  private AdamW optimizer(List<NDArray> weights) {
    ZeroGradients.set(manager, weights);
    return new AdamW(manager, List.of(new AdamW.Group(weights, 0.01, 1)), new AdamW.Settings());
  }

  private float gradients(
      List<PretrainingTexts.Input> inputs, Masking masking, Settings settings, int step) {
    Random random = new Random(settings.seed() * 1_000_003 + step);
    List<Masking.Masked> masked =
        inputs.stream().map(input -> masking.apply(input.text(), random)).toList();
    TokenBatch batch = TokenBatch.of(masked.stream().map(Masking.Masked::text).toList(), 0, 0);
    Engine.getEngine("PyTorch").setRandomSeed((int) (settings.seed() + step));
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray tokens = encoder.forward(scope, batch, true);
      NDArray words = wordLoss(scope, tokens, masked);
      NDArray loss = words;
      if (settings.nextSentence()) {
        loss = loss.add(sentenceLoss(scope, tokens, inputs));
      }
      collector.backward(loss);
      return words.getFloat();
    }
  }

  private NDArray wordLoss(NDManager scope, NDArray tokens, List<Masking.Masked> masked) {
    long width = tokens.getShape().get(1);
    long[] positions =
        IntStream.range(0, masked.size())
            .boxed()
            .flatMap(
                row -> Arrays.stream(masked.get(row).positions()).mapToObj(p -> row * width + p))
            .mapToLong(Long::longValue)
            .toArray();
    long[] answers = masked.stream().flatMapToLong(m -> Arrays.stream(m.answers())).toArray();
    NDArray logits = head.words(scope, tokens, positions);
    return crossEntropy(scope, logits, answers);
  }

  private NDArray sentenceLoss(
      NDManager scope, NDArray tokens, List<PretrainingTexts.Input> inputs) {
    long[] classes = inputs.stream().mapToLong(input -> input.follows() ? 0 : 1).toArray();
    return crossEntropy(scope, head.nextSentence(tokens), classes);
  }

  private static NDArray crossEntropy(NDManager scope, NDArray logits, long[] classes) {
    float[] labels = new float[classes.length];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = classes[i]);
    return new CrossEntropy()
        .compute(Embeddings.of(logits).withLabels(scope.create(labels, new Shape(labels.length))));
  }

  /**
   * The likeliest pieces for the first {@code [MASK]} of a text.
   *
   * @param k number of guesses, at least 1
   */
  public List<Guess> guess(String text, int k) {
    TokenizedText ids = model.tokenize(text);
    int hidden = tokenizer.id("[MASK]").orElseThrow();
    int position =
        IntStream.range(0, ids.length())
            .filter(i -> ids.ids()[i] == hidden)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException("The text has no [MASK]: '%s'.".formatted(text)));
    try (NDManager scope = manager.newSubManager();
        GradMode _ = GradMode.off()) {
      NDArray tokens = encoder.forward(scope, TokenBatch.of(List.of(ids), 0, 0), false);
      float[] shares = head.words(scope, tokens, new long[] {position}).softmax(1).toFloatArray();
      return IntStream.range(0, shares.length)
          .mapToObj(id -> new Guess(tokenizer.piece(id), shares[id]))
          .sorted(Comparator.comparingDouble(Guess::probability).reversed())
          .limit(k)
          .toList();
    }
  }

  /**
   * The vector of a word where it stands: the mean over its pieces, {@code [hidden]}.
   *
   * @throws IllegalArgumentException if the text does not contain the word
   */
  public float[] wordInContext(String text, String word) {
    TokenizedText ids = model.tokenize(text);
    long[] all = model.tokenize(word).ids();
    long[] pieces = Arrays.copyOfRange(all, 1, all.length - 1);
    for (int from = 1; from + pieces.length < ids.length(); from++) {
      if (Arrays.equals(Arrays.copyOfRange(ids.ids(), from, from + pieces.length), pieces)) {
        return mean(ids, from, pieces.length);
      }
    }
    throw new IllegalArgumentException("'%s' does not stand in '%s'.".formatted(word, text));
  }

  private float[] mean(TokenizedText text, int from, int length) {
    try (NDManager scope = manager.newSubManager();
        GradMode _ = GradMode.off()) {
      NDArray tokens = encoder.forward(scope, TokenBatch.of(List.of(text), 0, 0), false);
      String rows = "0, %d:%d".formatted(from, from + length);
      return tokens.get(rows).mean(new int[] {0}).toFloatArray();
    }
  }

  /** Frees the head; the model stays open. */
  @Override
  public void close() {
    uncut.close();
    manager.close();
  }
}
