package dev.embedlab.word2vec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A vector for each word of a vocabulary; immutable. */
public final class WordVectors {

  private final Vocabulary vocabulary;
  private final int dimension;
  private final float[] rows;
  private final float[] unit;
  private final WordSplitter splitter;

  /**
   * @param rows {@code [words * dimension]}, row after row; not copied
   */
  WordVectors(Vocabulary vocabulary, int dimension, float[] rows, WordSplitter splitter) {
    this.vocabulary = vocabulary;
    this.dimension = dimension;
    this.rows = rows;
    this.splitter = splitter;
    this.unit = rows.clone();
    for (int id = 0; id < vocabulary.size(); id++) {
      normalize(unit, id * dimension, dimension);
    }
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public int dimension() {
    return dimension;
  }

  /** How the training texts were cut into words. */
  public WordSplitter splitter() {
    return splitter;
  }

  /** {@code [dimension]}, a copy; empty if the word has no vector. */
  public Optional<float[]> vector(String word) {
    var id = vocabulary.id(word);
    return id.isPresent() ? Optional.of(row(id.getAsInt())) : Optional.empty();
  }

  /** {@code [dimension]}, the vector of the word with this id, a copy. */
  public float[] row(int id) {
    return Arrays.copyOfRange(rows, id * dimension, (id + 1) * dimension);
  }

  /**
   * Cosine of two words.
   *
   * @throws IllegalArgumentException if either has no vector
   */
  public double similarity(String a, String b) {
    return Rows.dot(unit, known(a) * dimension, unit, known(b) * dimension, dimension);
  }

  /**
   * The words with the highest cosine, best first, without the word itself.
   *
   * @throws IllegalArgumentException if the word has no vector
   */
  public List<Neighbour> neighbours(String word, int k) {
    int id = known(word);
    float[] query = Arrays.copyOfRange(unit, id * dimension, (id + 1) * dimension);
    return nearest(query, k, Set.of(word));
  }

  /**
   * Answers "{@code a} is to {@code b} as {@code c} is to ?" by the words nearest to {@code b - a +
   * c} (3CosAdd, Levy and Goldberg 2014), the three words themselves left out.
   *
   * @throws IllegalArgumentException if one of the three has no vector
   */
  public List<Neighbour> analogy(String a, String b, String c, int k) {
    float[] query = new float[dimension];
    Rows.addScaled(query, 0, 1, unit, known(b) * dimension, dimension);
    Rows.addScaled(query, 0, -1, unit, known(a) * dimension, dimension);
    Rows.addScaled(query, 0, 1, unit, known(c) * dimension, dimension);
    normalize(query, 0, dimension);
    return nearest(query, k, Stream.of(a, b, c).collect(Collectors.toSet()));
  }

  /**
   * The words with the highest cosine to a vector.
   *
   * @param query {@code [dimension]}
   */
  public List<Neighbour> nearest(float[] query, int k) {
    float[] direction = query.clone();
    normalize(direction, 0, dimension);
    return nearest(direction, k, Set.of());
  }

  private List<Neighbour> nearest(float[] query, int k, Set<String> without) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is %d.".formatted(k));
    }
    Comparator<Neighbour> worstFirst = Comparator.comparingDouble(Neighbour::similarity);
    PriorityQueue<Neighbour> best = new PriorityQueue<>(worstFirst);
    for (int id = 0; id < vocabulary.size(); id++) {
      double similarity = Rows.dot(query, 0, unit, id * dimension, dimension);
      if (best.size() == k && similarity <= best.peek().similarity()) {
        continue;
      }
      if (!without.contains(vocabulary.word(id))) {
        best.add(new Neighbour(vocabulary.word(id), similarity));
        if (best.size() > k) {
          best.poll();
        }
      }
    }
    return best.stream().sorted(worstFirst.reversed()).toList();
  }

  /** {@code target += weight * vector of the word}. */
  void addTo(float[] target, int id, float weight) {
    Rows.addScaled(target, 0, weight, rows, id * dimension, dimension);
  }

  private int known(String word) {
    return vocabulary
        .id(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' has no vector; it is not among the %d words of the vocabulary."
                        .formatted(word, vocabulary.size())));
  }

  private static void normalize(float[] values, int from, int n) {
    double norm = Math.sqrt(Rows.dot(values, from, values, from, n));
    if (norm > 0) {
      for (int i = from; i < from + n; i++) {
        values[i] = (float) (values[i] / norm);
      }
    }
  }

  /** A word and its cosine to what was asked for. */
  public record Neighbour(String word, double similarity) {

    @Override
    public String toString() {
      return "%s %.3f".formatted(word, similarity);
    }
  }
}
