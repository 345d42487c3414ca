package dev.embedlab.train;

import static java.util.Objects.requireNonNull;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Normalization;
import dev.embedlab.encode.Prompt;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes a text as the mean of the vectors of its tokens, in plain Java; holds no native memory. A
 * text without tokens becomes the zero vector.
 */
public final class StaticEmbedding implements Encoder {

  private final String name;
  private final float[][] table;
  private final TokenizerPipeline tokenizer;

  /**
   * @param table {@code [vocabulary][dim]}; not copied
   * @param tokenizer whose vocabulary is as high as the table
   */
  public StaticEmbedding(String name, float[][] table, TokenizerPipeline tokenizer) {
    this.name = requireNonNull(name, "name");
    this.table = table;
    this.tokenizer = requireNonNull(tokenizer, "tokenizer");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return table[0].length;
  }

  @Override
  public float[][] encode(List<String> texts, EncodeOptions options) {
    String prompt = promptText(options.prompt());
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
                encoded[i] = mean(ids(tokenizer, prompt + texts.get(i)), keep);
                if (options.normalization() == Normalization.ALWAYS) {
                  normalize(encoded[i]);
                }
                task.advance(1);
              });
    }
    return encoded;
  }

  /** Ids without special tokens, as sentence-transformers' StaticEmbedding takes them. */
  static int[] ids(TokenizerPipeline tokenizer, String text) {
    return tokenizer.encode(text, EncodingOptions.withoutSpecialTokens()).ids();
  }

  private String promptText(Prompt prompt) {
    return switch (prompt) {
      case Prompt.ModelDefault d -> "";
      case Prompt.None n -> "";
      case Prompt.Text(String text) -> text;
      case Prompt.Named(String unknown) ->
          throw new IllegalArgumentException(
              "'%s' has no prompts, so none is named '%s'.".formatted(name, unknown));
    };
  }

  private float[] mean(int[] ids, int keep) {
    float[] sum = new float[keep];
    for (int id : ids) {
      float[] row = table[id];
      for (int i = 0; i < keep; i++) {
        sum[i] += row[i];
      }
    }
    for (int i = 0; i < keep && ids.length > 0; i++) {
      sum[i] /= ids.length;
    }
    return sum;
  }

  private static void normalize(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (squares > 0) {
      double norm = Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / norm);
      }
    }
  }

  /**
   * Saves the model so that Python's sentence-transformers and {@code Models.open} open it.
   *
   * @param folder is created; files of the same names are replaced, each at once
   */
  public void save(Path folder) throws IOException {
    StaticEmbeddingFolder.write(folder, table, tokenizer);
  }

  /** The tokenizer whose pieces have the vectors. */
  public TokenizerPipeline tokenizer() {
    return tokenizer;
  }

  /** {@code [vocabulary][dim]}; not a copy. */
  float[][] table() {
    return table;
  }

  /** Height of the table. */
  public int vocabularySize() {
    return table.length;
  }

  /** {@code [dim]}, a copy of the vector of one token. */
  public float[] row(int token) {
    return Arrays.copyOf(table[token], table[token].length);
  }
}
