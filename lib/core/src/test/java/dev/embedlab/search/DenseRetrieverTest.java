package dev.embedlab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Run;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.KeywordEncoder;
import dev.embedlab.encode.Similarity;
import dev.embedlab.vector.ExactIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseRetrieverTest {

  private final KeywordEncoder encoder = new KeywordEncoder("cat", "dog", "fish");
  private final Corpus corpus =
      new Corpus(
          List.of(
              new Document("d1", "cat", "dog"),
              new Document("d2", "", "fish"),
              new Document("d3", "cat", "cat")));

  @Test
  void ranksDocumentsByTheSimilarityOfTheEncoder() {
    try (DenseRetriever retriever = DenseRetriever.of(encoder, corpus)) {
      Run run = retriever.retrieve(new Queries(List.of(new Query("q", "Cat or dog?"))), 2);
      assertThat(run.name()).isEqualTo("keywords");
      assertThat(run.of("q").documentIds()).containsExactly("d1", "d3");
      assertThat(run.of("q").score(0)).isEqualTo(2 * run.of("q").score(1));
    }
  }

  @Test
  void noQueriesGiveAnEmptyRun() {
    try (DenseRetriever retriever = DenseRetriever.of(encoder, corpus)) {
      assertThat(retriever.retrieve(new Queries(List.of()), 5).size()).isZero();
    }
  }

  @Test
  void refusesAnIndexOfAnotherCorpus() {
    ExactIndex index = ExactIndex.of(new float[][] {{1, 0, 0}}, Similarity.COSINE);
    assertThatThrownBy(
            () -> DenseRetriever.over(encoder, EncodeOptions.defaults(), corpus.ids(), index))
        .hasMessageContaining("3 document ids but 1 vectors");
  }
}
