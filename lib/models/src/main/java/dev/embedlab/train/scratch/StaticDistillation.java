package dev.embedlab.train.scratch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.compress.Pca;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.GradMode;
import dev.embedlab.input.TokenBatch;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.train.StaticEmbedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a transformer into a static model without any training: each piece of the vocabulary is
 * encoded by itself, the vectors are reduced by principal components, and frequent pieces are made
 * short. Hundreds of times faster than its teacher, at some loss of quality.
 *
 * <pre>{@code
 * StaticEmbedding small = StaticDistillation.of(teacher).dimension(256).texts(corpus).distill();
 * }</pre>
 *
 * <p>A piece of probability p is scaled by {@code a / (a + p)}, a = 1e-4 (smooth inverse
 * frequency). Unknown and special pieces become zero vectors, so they turn no text.
 *
 * <p>Sources: Tulkens and van Dongen, "Model2Vec" (2024); Arora et al., "A Simple but Tough-to-Beat
 * Baseline for Sentence Embeddings" (2017).
 */
public final class StaticDistillation {

  private static final int BATCH = 1024;

  private final EmbeddingModel teacher;
  private int dimension = 256;
  private double smoothing = 1e-4;
  private List<String> texts = List.of();
  private Progress progress = Progress.none();

  private StaticDistillation(EmbeddingModel teacher) {
    this.teacher = teacher;
  }

  public static StaticDistillation of(EmbeddingModel teacher) {
    return new StaticDistillation(teacher);
  }

  /** Length of the vectors; at most that of the teacher's tokens. Default 256, or the teacher's. */
  public StaticDistillation dimension(int value) {
    dimension = value;
    return this;
  }

  /** The number a in {@code a / (a + p)}; default 1e-4, 0 leaves all lengths as they are. */
  public StaticDistillation smoothing(double value) {
    smoothing = value;
    return this;
  }

  /**
   * Texts to count pieces in. Without any, pieces are taken to be ordered by frequency and to
   * follow Zipf's law, as Model2Vec does.
   */
  public StaticDistillation texts(List<String> value) {
    texts = List.copyOf(value);
    return this;
  }

  public StaticDistillation progress(Progress value) {
    progress = value;
    return this;
  }

  /**
   * Encodes the vocabulary and makes the model.
   *
   * @throws IOException if the teacher's tokenizer cannot be read
   */
  public StaticEmbedding distill() throws IOException {
    TokenizerPipeline tokenizer =
        TokenizerJson.read(teacher.checkpoint().tokenizerSettings().file());
    float[][] vectors = encodeVocabulary(tokenizer.vocabularySize());
    int keep = Math.min(dimension, vectors[0].length);
    float[][] table = Pca.fit(vectors, keep).apply(vectors);
    if (smoothing > 0) {
      weigh(table, probabilities(tokenizer));
    }
    for (int id = 0; id < table.length; id++) {
      if (hasNoMeaning(tokenizer, id)) {
        Arrays.fill(table[id], 0);
      }
    }
    return new StaticEmbedding(teacher.name() + " static", table, tokenizer);
  }

  private static boolean hasNoMeaning(TokenizerPipeline tokenizer, int id) {
    var added = tokenizer.addedTokens().get(id);
    boolean unknown = tokenizer.unknownId().isPresent() && tokenizer.unknownId().getAsInt() == id;
    return unknown || added != null && added.special();
  }

  /** Mean over all tokens of a text of one piece, {@code [vocabulary][hidden]}. */
  private float[][] encodeVocabulary(int size) {
    long[] frame = teacher.tokenize("").ids();
    EagerRunner encoder =
        new EagerRunner(teacher.checkpoint().network(), teacher.checkpoint().weights());
    float[][] vectors = new float[size][];
    try (Progress.Task task = progress.start("distill (pieces)", size)) {
      for (int from = 0; from < size; from += BATCH) {
        int to = Math.min(size, from + BATCH);
        List<TokenizedText> rows = new ArrayList<>();
        for (int id = from; id < to; id++) {
          rows.add(framed(frame, id));
        }
        try (NDManager scope = NDManager.newBaseManager("PyTorch");
            GradMode _ = GradMode.off()) {
          NDArray tokens = encoder.forward(scope, TokenBatch.of(rows, 0, 0), false);
          float[] flat = tokens.mean(new int[] {1}).toFloatArray();
          int width = flat.length / rows.size();
          for (int i = 0; i < rows.size(); i++) {
            vectors[from + i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
          }
        }
        task.advance(to - from);
      }
    }
    return vectors;
  }

  private static TokenizedText framed(long[] frame, int id) {
    long[] ids = new long[frame.length + 1];
    int middle = frame.length / 2;
    System.arraycopy(frame, 0, ids, 0, middle);
    ids[middle] = id;
    System.arraycopy(frame, middle, ids, middle + 1, frame.length - middle);
    return new TokenizedText(ids, new long[ids.length], 0);
  }

  private double[] probabilities(TokenizerPipeline tokenizer) {
    double[] counts = new double[tokenizer.vocabularySize()];
    for (int id = 0; id < counts.length; id++) {
      counts[id] = texts.isEmpty() ? 1.0 / (id + 2) : 0;
    }
    for (String text : texts) {
      for (int id : tokenizer.encode(text, EncodingOptions.withoutSpecialTokens()).ids()) {
        counts[id]++;
      }
    }
    double total = Arrays.stream(counts).sum();
    return Arrays.stream(counts).map(count -> count / Math.max(1e-12, total)).toArray();
  }

  private void weigh(float[][] table, double[] probability) {
    for (int id = 0; id < table.length; id++) {
      float factor = (float) (smoothing / (smoothing + probability[id]));
      for (int i = 0; i < table[id].length; i++) {
        table[id][i] *= factor;
      }
    }
  }
}
