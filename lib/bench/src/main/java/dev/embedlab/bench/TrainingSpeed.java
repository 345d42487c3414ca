package dev.embedlab.bench;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.train.BatchSampler;
import dev.embedlab.train.TrainableEncoder;
import dev.embedlab.train.TrainableStaticEmbedding;
import dev.embedlab.train.TrainableTransformer;
import dev.embedlab.train.Trainer;
import dev.embedlab.train.TrainingExample;
import dev.embedlab.train.WeightRule;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.Matryoshka;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.word2vec.Word2Vec;
import dev.embedlab.word2vec.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times training steps and Word2Vec; {@code training_ratio.py} runs it in alternation with Python.
 *
 * <pre>
 * TrainingSpeed minilm   FOLDER PAIRS STEPS [BATCH]   seconds a step, resident MB at every 100th
 * TrainingSpeed static   FOLDER PAIRS STEPS [BATCH]
 * TrainingSpeed word2vec TEXTS THREADS         words a second
 * TrainingSpeed neighbours TEXTS SEED THREADS   a line for each of 200 words: the word and its nearest ten
 * </pre>
 */
public final class TrainingSpeed {

  private static final int WARM_UP = 3;

  private TrainingSpeed() {}

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "minilm" ->
          transformer(Path.of(args[1]), pairs(Path.of(args[2])), batch(args, 32), steps(args));
      case "static" ->
          staticTable(Path.of(args[1]), pairs(Path.of(args[2])), batch(args, 1024), steps(args));
      case "neighbours" ->
          neighbours(Path.of(args[1]), Long.parseLong(args[2]), Integer.parseInt(args[3]));
      case "word2vec" -> words(Path.of(args[1]), Integer.parseInt(args[2]));
      default ->
          throw new IllegalArgumentException(
              "minilm, static, word2vec or neighbours, not " + args[0]);
    }
  }

  private static int steps(String[] args) {
    return Integer.parseInt(args[3]);
  }

  private static int batch(String[] args, int usual) {
    return args.length > 4 ? Integer.parseInt(args[4]) : usual;
  }

  /** A pair a line, its texts apart by a tab. */
  private static List<TrainingExample> pairs(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("\t"))
        .map(cells -> TrainingExample.pair(cells[0], cells[1]))
        .toList();
  }

  private static void transformer(Path folder, List<TrainingExample> pairs, int batch, int steps)
      throws IOException {
    try (EmbeddingModel model = Models.open(folder);
        var encoder = new TrainableTransformer(model)) {
      time(encoder, pairs, batch, new MultipleNegativesRanking(), 2e-5, steps);
    }
  }

  private static void staticTable(Path folder, List<TrainingExample> pairs, int batch, int steps)
      throws IOException {
    Random random = new Random(1);
    var tokenizer = TokenizerJson.read(folder.resolve("tokenizer.json"));
    float[][] table = new float[tokenizer.vocabularySize()][256];
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian() * 0.1f;
      }
    }
    Loss loss = new Matryoshka(new MultipleNegativesRanking(), List.of(256, 128, 64, 32));
    try (var encoder = new TrainableStaticEmbedding(table, tokenizer)) {
      time(encoder, pairs, batch, loss, 0.2, steps);
    }
  }

  private static void time(
      TrainableEncoder encoder,
      List<TrainingExample> pairs,
      int batch,
      Loss loss,
      double rate,
      int steps) {
    long[] ends = new long[steps];
    long[] resident = new long[steps];
    Trainer.builder()
        .loss(loss)
        .sampler(inOrder())
        .batchSize(batch)
        .learningRate(rate)
        .rules(WeightRule.decay(0.01))
        .epochs(steps / Math.max(1, pairs.size() / batch) + 1)
        .maxSteps(steps)
        .onStep(
            (step, value) -> {
              ends[(int) step - 1] = System.nanoTime();
              resident[(int) step - 1] = residentKilobytes();
            })
        .build()
        .train(encoder, pairs);
    double[] seconds =
        IntStream.range(WARM_UP, steps)
            .mapToDouble(i -> (ends[i] - ends[i - 1]) / 1e9)
            .sorted()
            .toArray();
    System.out.printf(Locale.ROOT, "seconds %.4f%n", seconds[seconds.length / 2]);
    for (int step = 100; step <= steps; step += 100) {
      System.out.printf("resident %d %d%n", step, resident[step - 1] / 1024);
    }
  }

  private static BatchSampler inOrder() {
    return (examples, batchSize, seed) -> {
      List<int[]> batches = new ArrayList<>();
      int[] all = IntStream.range(0, examples.size()).toArray();
      for (int from = 0; from + batchSize <= all.length; from += batchSize) {
        batches.add(Arrays.copyOfRange(all, from, from + batchSize));
      }
      return batches;
    };
  }

  /** Zero where the system does not tell. */
  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static void words(Path file, int threads) throws IOException {
    List<String> texts = Files.readAllLines(file);
    WordCount counter = new WordCount();
    Word2Vec.builder()
        .dimension(100)
        .learningRate(0.025)
        .minCount(1)
        .epochs(5)
        .threads(threads)
        .progress(counter)
        .train(texts);
    System.out.printf(Locale.ROOT, "words %.0f%n", counter.words / counter.seconds);
  }

  private static void neighbours(Path file, long seed, int threads) throws IOException {
    WordVectors vectors =
        Word2Vec.builder()
            .dimension(100)
            .learningRate(0.025)
            .seed(seed)
            .threads(threads)
            .train(Files.readAllLines(file));
    for (int id = 100; id < 300; id++) {
      String word = vectors.vocabulary().word(id);
      List<String> near =
          vectors.neighbours(word, 10).stream().map(WordVectors.Neighbour::word).toList();
      System.out.println(word + " " + String.join(" ", near));
    }
  }

  /** Times the training alone, without counting words. */
  private static final class WordCount implements Progress, Progress.Task {
    private long words;
    private long start;
    private double seconds;

    @Override
    public Task start(String label, long total) {
      words = total;
      start = System.nanoTime();
      return this;
    }

    @Override
    public void advance(long units) {}

    @Override
    public void note(String remark) {}

    @Override
    public void close() {
      seconds = (System.nanoTime() - start) / 1e9;
    }
  }
}
