package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus cut into chunks, and the way back: what a system finds for chunks becomes a ranking of
 * documents that the relevance judgements of the documents can score.
 */
public final class ChunkedCorpus {

  private final List<Chunk> chunks;
  private final Corpus corpus;

  private ChunkedCorpus(List<Chunk> chunks) {
    this.chunks = List.copyOf(chunks);
    this.corpus = new Corpus(chunks.stream().map(Chunk::asDocument).toList());
  }

  /** Cuts every document. */
  public static ChunkedCorpus of(Corpus corpus, Chunker chunker) {
    List<Chunk> chunks = new ArrayList<>();
    for (Document document : corpus) {
      chunks.addAll(chunker.chunk(document));
    }
    return new ChunkedCorpus(chunks);
  }

  /** All chunks, document by document. */
  public List<Chunk> chunks() {
    return chunks;
  }

  /** The chunks as documents, to be indexed; each has the title of its document. */
  public Corpus corpus() {
    return corpus;
  }

  /** A document scores what its best chunk scores. */
  public static Run foldByMaximum(Run chunks) {
    return foldByMeanOfTop(chunks, 1);
  }

  /**
   * A document scores the mean of its best chunks; of fewer, if it has fewer among the hits.
   *
   * @param chunks a run over {@link #corpus()}; ask for several times as many hits as documents are
   *     wanted
   * @param most chunks that count, at least 1
   */
  public static Run foldByMeanOfTop(Run chunks, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "The mean of the best %d chunks is not defined; give at least 1.".formatted(most));
    }
    Map<String, Ranking> folded = new LinkedHashMap<>();
    for (String query : chunks.queryIds()) {
      folded.put(query, fold(chunks.of(query), most));
    }
    return new Run(chunks.name(), folded);
  }

  private static Ranking fold(Ranking chunks, int most) {
    Map<String, List<Float>> byDocument = new LinkedHashMap<>();
    for (int rank = 0; rank < chunks.size(); rank++) {
      String document = Chunk.documentId(chunks.documentId(rank));
      byDocument.computeIfAbsent(document, id -> new ArrayList<>()).add(chunks.score(rank));
    }
    List<Map.Entry<String, Float>> scores = new ArrayList<>();
    byDocument.forEach((id, all) -> scores.add(Map.entry(id, meanOfTop(all, most))));
    scores.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    float[] values = new float[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i).getValue();
    }
    return new Ranking(scores.stream().map(Map.Entry::getKey).toList(), values);
  }

  private static float meanOfTop(List<Float> scores, int most) {
    double[] sorted = scores.stream().mapToDouble(score -> -score).sorted().limit(most).toArray();
    return (float) -Arrays.stream(sorted).average().orElseThrow();
  }
}
