package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.vector.Hits;
import dev.embedlab.vector.TopK;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.junit.jupiter.api.Test;

/** Kept scores find what Lucene's own search finds, to the bit. */
class TermScoresTest {

  private final Random random = new Random(3);

  /** Words by Zipf's law. */
  private String text(int words) {
    return IntStream.range(0, words)
        .mapToObj(i -> "w" + (int) Math.pow(400, random.nextDouble()))
        .collect(Collectors.joining(" "));
  }

  private List<Document> documents(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new Document("d" + i, "", text(1 + random.nextInt(60))))
        .toList();
  }

  private void agree(TermIndex index, String query, int k) {
    index
        .snapshots()
        .use(
            snapshot -> {
              IndexSearcher searcher = new IndexSearcher(snapshot.reader());
              searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
              Map<String, Integer> counts = index.counts(query);
              Hits expected = Bm25.hits(searcher, TermIndex.query(counts), k);
              TermScores scores = new TermScores(searcher, TermIndex.CONTENTS);
              for (int twice = 0; twice < 2; twice++) {
                Hits found = Hits.of(new TopK[] {scores.search(counts, k)});
                assertThat(found.positions()).isDeepEqualTo(expected.positions());
                assertThat(found.scores()).isDeepEqualTo(expected.scores());
              }
              return 0;
            });
  }

  @Test
  void equalLucenesSearchAlsoAfterChanges() throws Exception {
    Corpus corpus = new Corpus(documents(0, 1500));
    try (TermIndex index = TermIndex.inMemory(corpus, "whitespace")) {
      index.add(documents(1450, 200)); // fifty are replaced
      index.delete(List.of("d3", "d700", "d1640"));
      for (int k : new int[] {1, 10, 2000}) {
        agree(index, text(1), k);
        agree(index, text(12), k);
        agree(index, text(300), k); // many words more than once
        agree(index, "w1 w1 nobody wrote this", k);
      }
      agree(index, "nobody wrote this", 5);
      agree(index, "", 5);
    }
  }
}
