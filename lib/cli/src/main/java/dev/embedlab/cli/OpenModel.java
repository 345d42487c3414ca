package dev.embedlab.cli;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.data.NpyFile;
import dev.embedlab.data.Queries;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.evaluate.result.ModelCard;
import dev.embedlab.evaluate.task.TextVectors;
import dev.embedlab.lucene.Bm25;
import dev.embedlab.lucene.Bm25Options;
import dev.embedlab.search.DenseRetriever;
import dev.embedlab.search.Retriever;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What {@code --model} names, opened. */
sealed interface OpenModel extends AutoCloseable {

  /** Searches the data; the caller closes the retriever. */
  Retriever retriever(RetrievalDataset data, String split);

  /**
   * Encodes texts.
   *
   * @param texts the groups of texts that the task will ask for, in the order of vector files
   */
  Encoder encoder(List<List<String>> texts);

  /** What a leaderboard shows of the model under this name, speed included once it has encoded. */
  default ModelCard card(String name) {
    return new ModelCard(name);
  }

  /** Whether the model sees only the beginning of a document. */
  default boolean isCut(String document) {
    return false;
  }

  /** Number of vectors in the first file; 0 of a model that need not be told the texts. */
  default int vectors() {
    return 0;
  }

  @Override
  void close();

  /**
   * @param name bm25, {@code vectors:A.npy,B.npy}, a folder or an org/name
   * @param analyzer of bm25
   * @param similarity of vectors in files
   */
  static OpenModel of(String name, String analyzer, Similarity similarity) throws IOException {
    if (name.equals("bm25")) {
      return new Keywords(analyzer);
    }
    return name.startsWith("vectors:")
        ? Vectors.read(name.substring("vectors:".length()), similarity)
        : Checkpoint.open(name);
  }

  /** BM25 over an index in memory. */
  record Keywords(String analyzer) implements OpenModel {

    @Override
    public Retriever retriever(RetrievalDataset data, String split) {
      return Bm25.of(data.corpus(), Bm25Options.DEFAULT.withAnalyzer(analyzer));
    }

    @Override
    public Encoder encoder(List<List<String>> texts) {
      throw new IllegalArgumentException("bm25 makes no vectors; it serves --task retrieval only.");
    }

    @Override
    public void close() {}
  }

  /**
   * A model that encodes.
   *
   * @param source the same model, unmeasured
   */
  record Checkpoint(MeasuredEncoder model, EmbeddingModel source) implements OpenModel {

    static Checkpoint open(String name) throws IOException {
      EmbeddingModel source = Models.open(name);
      return new Checkpoint(new MeasuredEncoder(source), source);
    }

    @Override
    public boolean isCut(String document) {
      return source.truncation(List.of(document), EncodeOptions.documents()).truncatedTexts() > 0;
    }

    @Override
    public ModelCard card(String name) {
      return new ModelCard(
          name,
          ModelCard.NO_REVISION,
          model.dimension(),
          source.checkpoint().report().parameters(),
          model.textsPerSecond());
    }

    @Override
    public Retriever retriever(RetrievalDataset data, String split) {
      return DenseRetriever.of(model, data.corpus());
    }

    @Override
    public Encoder encoder(List<List<String>> texts) {
      return model;
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** Vectors in files, one file for each group of texts. */
  record Vectors(List<Path> files, List<float[][]> groups, Similarity similarity)
      implements OpenModel {

    static Vectors read(String names, Similarity similarity) {
      List<Path> files = Arrays.stream(names.split(",")).map(Path::of).toList();
      return new Vectors(files, files.stream().map(NpyFile::read).toList(), similarity);
    }

    @Override
    public Retriever retriever(RetrievalDataset data, String split) {
      if (groups.size() != 2) {
        throw new IllegalArgumentException(
            "Retrieval needs vectors:QUERIES.npy,DOCS.npy, but was given %d files."
                .formatted(groups.size()));
      }
      Queries all = data.queries();
      Queries queries = groups.getFirst().length == all.size() ? all : data.queries(split);
      List<List<String>> texts = List.of(queries.texts(), data.corpus().contents());
      return DenseRetriever.of(encoder(texts), data.corpus());
    }

    @Override
    public int vectors() {
      return groups.getFirst().length;
    }

    @Override
    public ModelCard card(String name) {
      float[][] first = groups.getFirst();
      int dimension = first.length == 0 ? 0 : first[0].length;
      return new ModelCard(name, ModelCard.NO_REVISION, dimension, 0, 0);
    }

    @Override
    public Encoder encoder(List<List<String>> texts) {
      if (texts.size() != groups.size()) {
        throw new IllegalArgumentException(
            "This task needs %d files of vectors, but was given %d."
                .formatted(texts.size(), groups.size()));
      }
      TextVectors first = group(0, texts.getFirst());
      if (groups.size() == 1) {
        return first;
      }
      return new TwoSided(first, group(1, texts.get(1)), first.and(texts.get(1), groups.get(1)));
    }

    private TextVectors group(int g, List<String> texts) {
      if (texts.size() != groups.get(g).length) {
        throw new IllegalArgumentException(
            "%s holds %d vectors for %d texts."
                .formatted(files.get(g), groups.get(g).length, texts.size()));
      }
      String name = files.getFirst().getFileName().toString();
      return TextVectors.of(name, texts, groups.get(g)).withSimilarity(similarity);
    }

    @Override
    public void close() {}
  }

  /** A text may be query and document with a vector for each. */
  record TwoSided(Encoder queries, Encoder documents, Encoder both) implements Encoder {

    @Override
    public String name() {
      return both.name();
    }

    @Override
    public int dimension() {
      return both.dimension();
    }

    @Override
    public Similarity similarity() {
      return both.similarity();
    }

    @Override
    public float[][] encode(List<String> texts, EncodeOptions options) {
      return switch (options.role()) {
        case QUERY -> queries.encode(texts, options);
        case DOCUMENT -> documents.encode(texts, options);
        case NONE -> both.encode(texts, options);
      };
    }
  }
}
