package dev.embedlab.word2vec;

import static java.util.Objects.requireNonNull;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Normalization;
import dev.embedlab.encode.Prompt;
import dev.embedlab.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Averages the vectors of the words of a text. Unknown words are left out; a text without any known
 * word becomes the zero vector. Vectors have unit length.
 *
 * <p>Source of {@link Weighting#SIF} and of the common direction: Arora et al., "A Simple but
 * Tough-to-Beat Baseline for Sentence Embeddings" (2017).
 */
public final class WordVectorEncoder implements Encoder {

  /** How much each word counts in the mean. */
  public enum Weighting {
    /** All the same. */
    UNIFORM,
    /** By inverse document frequency. */
    IDF,
    /** Smooth inverse frequency, {@code a / (a + p(word))} with a = 1e-3. */
    SIF
  }

  private static final double SIF_A = 1e-3;

  private final String name;
  private final WordVectors vectors;
  private final float[] weights;
  private final float[] common;

  private WordVectorEncoder(String name, WordVectors vectors, float[] weights, float[] common) {
    this.name = name;
    this.vectors = vectors;
    this.weights = weights;
    this.common = common;
  }

  /** An encoder with this weighting of the words. */
  public static WordVectorEncoder of(String name, WordVectors vectors, Weighting weighting) {
    Vocabulary vocabulary = vectors.vocabulary();
    float[] weights = new float[vocabulary.size()];
    double total = vocabulary.total();
    for (int id = 0; id < weights.length; id++) {
      weights[id] =
          (float)
              switch (weighting) {
                case UNIFORM -> 1.0;
                case IDF -> vocabulary.inverseDocumentFrequency(id);
                case SIF -> SIF_A / (SIF_A + vocabulary.count(id) / total);
              };
    }
    return new WordVectorEncoder(
        requireNonNull(name, "name"), vectors, weights, new float[vectors.dimension()]);
  }

  /**
   * The same encoder with the direction that all texts share taken out of every vector: the first
   * singular vector of a sample of texts.
   *
   * @param sample texts like those to be encoded; some hundreds are enough
   */
  public WordVectorEncoder withoutCommonDirection(List<String> sample) {
    float[][] rows = encode(sample);
    return new WordVectorEncoder(name, vectors, weights, firstSingularVector(rows));
  }

  /** Power iteration; the gap to the second singular value is wide for averaged word vectors. */
  private static float[] firstSingularVector(float[][] rows) {
    int dimension = rows.length == 0 ? 0 : rows[0].length;
    float[] direction = new float[dimension];
    Arrays.fill(direction, 1);
    for (int iteration = 0; iteration < 50; iteration++) {
      float[] next = new float[dimension];
      for (float[] row : rows) {
        Rows.addScaled(next, 0, Rows.dot(row, 0, direction, 0, dimension), row, 0, dimension);
      }
      normalize(next);
      direction = next;
    }
    return direction;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return vectors.dimension();
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    String prompt =
        switch (options.prompt()) {
          case Prompt.ModelDefault d -> "";
          case Prompt.None n -> "";
          case Prompt.Text(String text) -> text;
          case Prompt.Named(String unknown) ->
              throw new IllegalArgumentException(
                  "'%s' has no prompts, so none is named '%s'.".formatted(name, unknown));
        };
    int keep = options.truncateDim() == 0 ? dimension() : options.truncateDim();
    if (keep > dimension()) {
      throw new IllegalArgumentException(
          "truncateDim is %d but '%s' has %d dimensions.".formatted(keep, name, dimension()));
    }
    float[][] encoded = new float[texts.size()][];
    try (Progress.Task task = options.progress().start("encode " + name, texts.size())) {
      IntStream.range(0, encoded.length)
          .parallel()
          .forEach(
              i -> {
                encoded[i] = encode(prompt + texts.get(i), keep, options.normalization());
                task.advance(1);
              });
    }
    return encoded;
  }

  private float[] encode(String text, int keep, Normalization normalization) {
    int dimension = dimension();
    float[] sum = new float[dimension];
    for (int id : vectors.vocabulary().ids(vectors.splitter().split(text))) {
      vectors.addTo(sum, id, weights[id]);
    }
    Rows.addScaled(sum, 0, -Rows.dot(sum, 0, common, 0, dimension), common, 0, dimension);
    normalize(sum);
    if (keep < dimension) {
      sum = Arrays.copyOf(sum, keep);
      if (normalization == Normalization.ALWAYS) {
        normalize(sum);
      }
    }
    return sum;
  }

  private static void normalize(float[] vector) {
    double norm = Math.sqrt(Rows.dot(vector, 0, vector, 0, vector.length));
    if (norm > 0) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / norm);
      }
    }
  }
}
