package dev.embedlab.word2vec;

import dev.embedlab.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One training run: the shared weights and the threads that update them. */
final class Word2VecTrainer {

  /** Words a thread takes at a time; small enough that no thread waits long for the last one. */
  private static final int CHUNK = 10_000;

  private final Word2Vec.Settings settings;
  private final TokenStream tokens;
  private final NoiseSampler noise;
  private final float[] keepProbability;
  private final int stride;
  private final float[] input;
  private final float[] output;
  private final AtomicLong wordsDone = new AtomicLong();

  Word2VecTrainer(Word2Vec.Settings settings, Vocabulary vocabulary, TokenStream tokens) {
    this.settings = settings;
    this.tokens = tokens;
    this.noise = new NoiseSampler(vocabulary);
    this.keepProbability = keepProbabilities(vocabulary, settings.subsample());
    this.stride = Rows.stride(settings.dimension());
    int size = Math.multiplyExact(vocabulary.size(), stride);
    this.input = new float[size];
    this.output = new float[size];
    FastRandom random = new FastRandom(settings.seed());
    for (int row = 0; row < size; row += stride) {
      for (int i = row; i < row + settings.dimension(); i++) {
        // Uniform in +-1/dimension as in gensim 4, twice the range of word2vec.c.
        input[i] = (random.unit() * 2 - 1) / settings.dimension();
      }
    }
  }

  /** word2vec.c's rule: a word of frequency f stays with {@code sqrt(t/f) + t/f}. */
  private static float[] keepProbabilities(Vocabulary vocabulary, double threshold) {
    float[] keep = new float[vocabulary.size()];
    double total = vocabulary.total();
    for (int id = 0; id < keep.length; id++) {
      double ratio = threshold * total / vocabulary.count(id);
      keep[id] = threshold == 0 ? 1 : (float) Math.min(1, Math.sqrt(ratio) + ratio);
    }
    return keep;
  }

  /** Trains and returns the input vectors, {@code [words * dimension]}. */
  float[] run(Progress progress) {
    long total = (long) tokens.tokens() * settings.epochs();
    try (Progress.Task task = progress.start("Word2Vec (words)", total)) {
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        runEpoch(epoch, total, task);
      }
    }
    return withoutPadding();
  }

  private float[] withoutPadding() {
    int dimension = settings.dimension();
    float[] rows = new float[input.length / stride * dimension];
    for (int row = 0; row < input.length / stride; row++) {
      System.arraycopy(input, row * stride, rows, row * dimension, dimension);
    }
    return rows;
  }

  private void runEpoch(int epoch, long total, Progress.Task task) {
    AtomicInteger next = new AtomicInteger();
    if (settings.threads() == 1) {
      work(epoch, 0, next, total, task);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("Training was interrupted.");
      }
      return;
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(settings.threads())) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < settings.threads(); thread++) {
        int number = thread;
        running.add(threads.submit(() -> work(epoch, number, next, total, task)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Training failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Training was interrupted.", e);
    }
  }

  private void work(int epoch, int thread, AtomicInteger next, long total, Progress.Task task) {
    long seed = settings.seed() * 31 + epoch * 1_000_003L + thread;
    SentenceUpdate update =
        new SentenceUpdate(
            settings, input, output, noise, new FastRandom(new FastRandom(seed).next()));
    int[] sentence = new int[1024];
    while (!Thread.currentThread().isInterrupted()) {
      int from = next.getAndUpdate(i -> i >= tokens.texts() ? i : tokens.advance(i, CHUNK));
      if (from >= tokens.texts()) {
        return;
      }
      int to = tokens.advance(from, CHUNK);
      double done = (double) wordsDone.get() / total;
      update.learningRate((float) (settings.learningRate() * Math.max(1e-4, 1 - done)));
      for (int text = from; text < to; text++) {
        int length = tokens.starts()[text + 1] - tokens.starts()[text];
        if (length > sentence.length) {
          sentence = new int[length];
        }
        update.apply(sentence, keep(text, sentence, update.random()));
      }
      int words = tokens.starts()[to] - tokens.starts()[from];
      wordsDone.addAndGet(words);
      task.advance(words);
    }
  }

  /** Copies the words of a text that survive subsampling; returns how many. */
  private int keep(int text, int[] sentence, FastRandom random) {
    int n = 0;
    for (int i = tokens.starts()[text]; i < tokens.starts()[text + 1]; i++) {
      int id = tokens.ids()[i];
      float probability = keepProbability[id];
      if (probability >= 1 || random.unit() < probability) {
        sentence[n++] = id;
      }
    }
    return n;
  }
}
