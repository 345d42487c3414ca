package dev.embedlab.word2vec;

import static java.util.Objects.requireNonNull;

import dev.embedlab.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Word vectors learnt from the company words keep: skip-gram or continuous bag of words with
 * negative sampling and subsampling of frequent words.
 *
 * <pre>{@code
 * WordVectors vectors = Word2Vec.builder().dimension(128).epochs(10).train(corpus.contents());
 * vectors.neighbours("list", 5);
 * }</pre>
 *
 * <p>One thread makes the result a function of texts, settings and seed. Several threads update
 * shared weights without locks (Hogwild), which is faster and differs a little from run to run.
 *
 * <p>Sources: Mikolov et al., "Distributed Representations of Words and Phrases and their
 * Compositionality" (2013); Recht et al., "Hogwild!" (2011); the order of operations follows the
 * authors' {@code word2vec.c}, the range of the first vectors gensim 4.
 */
public final class Word2Vec {

  /** What is predicted from what. */
  public enum Architecture {
    /** A word from each of its neighbours; better for rare words. */
    SKIP_GRAM,
    /** A word from the mean of its neighbours; faster. */
    CBOW
  }

  /**
   * @param architecture what is predicted from what
   * @param dimension length of the vectors, at least 1
   * @param window most words looked at on each side, at least 1; each position draws its own window
   *     between 1 and this
   * @param negative noise words per true one, at least 1; 5 to 20 for small texts
   * @param minCount words seen less often get no vector, at least 1
   * @param subsample frequency above which words are dropped at random, 1e-3 to 1e-5; 0 drops none
   * @param learningRate at the start; falls linearly to a ten-thousandth of itself
   * @param epochs passes over the texts, at least 1
   * @param threads at least 1; 1 is deterministic
   */
  public record Settings(
      Architecture architecture,
      int dimension,
      int window,
      int negative,
      int minCount,
      double subsample,
      double learningRate,
      int epochs,
      int threads,
      long seed) {

    public Settings {
      requireNonNull(architecture, "architecture");
      atLeastOne("dimension", dimension);
      atLeastOne("window", window);
      atLeastOne("negative", negative);
      atLeastOne("minCount", minCount);
      atLeastOne("epochs", epochs);
      atLeastOne("threads", threads);
      if (!(subsample >= 0)) {
        throw new IllegalArgumentException(
            "subsample must be 0 (off) or positive, but is %s.".formatted(subsample));
      }
      if (!(learningRate > 0)) {
        throw new IllegalArgumentException(
            "learningRate must be positive, but is %s.".formatted(learningRate));
      }
    }

    private static void atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "%s must be at least 1, but is %d.".formatted(name, value));
      }
    }
  }

  private final Settings settings;
  private final WordSplitter splitter;
  private final Progress progress;

  private Word2Vec(Builder builder) {
    this.settings = builder.settings();
    this.splitter = builder.splitter;
    this.progress = builder.progress;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * @param texts sentences or short documents; windows do not cross from one to the next
   * @throws IllegalArgumentException if fewer than two words are frequent enough
   */
  public WordVectors train(List<String> texts) {
    List<List<String>> words = new ArrayList<>(texts.size());
    words.addAll(texts.parallelStream().map(splitter::split).toList());
    Vocabulary vocabulary = Vocabulary.count(words, settings.minCount());
    if (vocabulary.size() < 2) {
      throw new IllegalArgumentException(
          "Only %d words occur %d times or more in %d texts; give more text or lower minCount."
              .formatted(vocabulary.size(), settings.minCount(), texts.size()));
    }
    TokenStream tokens = TokenStream.of(words, vocabulary);
    Word2VecTrainer trainer = new Word2VecTrainer(settings, vocabulary, tokens);
    return new WordVectors(vocabulary, settings.dimension(), trainer.run(progress), splitter);
  }

  /** Defaults suit corpora of one to fifty megabytes. */
  public static final class Builder {
    private Architecture architecture = Architecture.SKIP_GRAM;
    private int dimension = 128;
    private int window = 5;
    private int negative = 5;
    private int minCount = 5;
    private double subsample = 1e-3;
    private double learningRate = 0.05;
    private int epochs = 5;
    private int threads = Runtime.getRuntime().availableProcessors();
    private long seed = 42;
    private WordSplitter splitter = WordSplitter.words();
    private Progress progress = Progress.none();

    private Builder() {}

    public Builder architecture(Architecture value) {
      architecture = value;
      return this;
    }

    /** Length of the vectors; default 128. */
    public Builder dimension(int value) {
      dimension = value;
      return this;
    }

    /** Most words looked at on each side; default 5. */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /** Noise words per true one; default 5. */
    public Builder negative(int value) {
      negative = value;
      return this;
    }

    /** Words seen less often get no vector; default 5. */
    public Builder minCount(int value) {
      minCount = value;
      return this;
    }

    /** Frequency above which words are dropped at random; default 1e-3, 0 drops none. */
    public Builder subsample(double value) {
      subsample = value;
      return this;
    }

    /** Step size at the start; default 0.05. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Passes over the texts; default 5. */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /** Default: all processors. 1 makes the result reproducible. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** How texts are cut into words; default {@link WordSplitter#words()}. */
    public Builder splitter(WordSplitter value) {
      splitter = requireNonNull(value, "splitter");
      return this;
    }

    public Builder progress(Progress value) {
      progress = requireNonNull(value, "progress");
      return this;
    }

    public Word2Vec build() {
      return new Word2Vec(this);
    }

    /** Same as {@code build().train(texts)}. */
    public WordVectors train(List<String> texts) {
      return build().train(texts);
    }

    private Settings settings() {
      return new Settings(
          architecture,
          dimension,
          window,
          negative,
          minCount,
          subsample,
          learningRate,
          epochs,
          threads,
          seed);
    }
  }
}
