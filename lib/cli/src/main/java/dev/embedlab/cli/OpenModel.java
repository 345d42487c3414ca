package dev.embedlab.cli;

import dev.embedlab.checkpoint.Models;
import dev.embedlab.data.NpyFile;
import dev.embedlab.data.Queries;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.task.TextVectors;
import dev.embedlab.lucene.Bm25;
import dev.embedlab.lucene.Bm25Options;
import dev.embedlab.search.DenseRetriever;
import dev.embedlab.search.Retriever;
import java.io.IOException;
import java.nio.file.Path;
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

  @Override
  void close();

  /**
   * @param name bm25, {@code vectors:A.npy,B.npy}, a folder or an org/name
   */
  static OpenModel of(String name, String analyzer) throws IOException {
    if (name.equals("bm25")) {
      return new Keywords(analyzer);
    }
    return name.startsWith("vectors:")
        ? Vectors.read(name.substring("vectors:".length()))
        : new Checkpoint(Models.open(name));
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

  /** A model that encodes. */
  record Checkpoint(Encoder model) implements OpenModel {

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
  record Vectors(List<Path> files, List<float[][]> groups) implements OpenModel {

    static Vectors read(String names) {
      List<Path> files = java.util.Arrays.stream(names.split(",")).map(Path::of).toList();
      return new Vectors(files, files.stream().map(NpyFile::read).toList());
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
      Encoder encoder = encoder(List.of(queries.texts(), data.corpus().contents()));
      return DenseRetriever.of(encoder, data.corpus());
    }

    @Override
    public Encoder encoder(List<List<String>> texts) {
      if (texts.size() != groups.size()) {
        throw new IllegalArgumentException(
            "This task needs %d files of vectors, but was given %d."
                .formatted(texts.size(), groups.size()));
      }
      String name = files.getFirst().getFileName().toString();
      TextVectors vectors = null;
      for (int g = 0; g < texts.size(); g++) {
        if (texts.get(g).size() != groups.get(g).length) {
          throw new IllegalArgumentException(
              "%s holds %d vectors for %d texts."
                  .formatted(files.get(g), groups.get(g).length, texts.get(g).size()));
        }
        vectors =
            vectors == null
                ? TextVectors.of(name, texts.get(g), groups.get(g))
                : vectors.and(texts.get(g), groups.get(g));
      }
      return vectors;
    }

    @Override
    public void close() {}
  }
}
