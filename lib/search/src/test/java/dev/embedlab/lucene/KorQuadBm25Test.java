package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Korean questions find their paragraphs better when the analyzer knows Korean. */
class KorQuadBm25Test {

  private static final Path FILE =
      Path.of(System.getProperty("embedlab.root"), "../shared/data/korquad/KorQuAD_v1.0_dev.json");

  private final List<Document> documents = new ArrayList<>();
  private final List<Query> queries = new ArrayList<>();
  private final Map<String, Map<String, Integer>> qrels = new HashMap<>();

  @Test
  void theKoreanAnalyzerBeatsTheStandardOne() throws IOException {
    assumeTrue(Files.exists(FILE), "KorQuAD is not at ../shared/data/korquad: skipped");
    read();
    RetrievalResult standard = evaluate("standard");
    RetrievalResult cjk = evaluate("cjk");
    RetrievalResult korean = evaluate("korean");
    System.out.printf("BM25 on KorQuAD, %d questions%n", queries.size());
    System.out.printf("standard %s%ncjk      %s%nkorean   %s%n", standard, cjk, korean);
    assertThat(korean.interval("ndcg@10").low()).isGreaterThan(standard.interval("ndcg@10").high());
    assertThat(korean.interval("ndcg@10").low()).isGreaterThan(cjk.interval("ndcg@10").high());
  }

  private void read() throws IOException {
    JsonNode root = new ObjectMapper().readTree(Files.readString(FILE));
    for (JsonNode article : root.get("data")) {
      for (JsonNode paragraph : article.get("paragraphs")) {
        String id = "p" + documents.size();
        documents.add(new Document(id, "", paragraph.get("context").asText()));
        for (JsonNode question : paragraph.get("qas")) {
          queries.add(new Query(question.get("id").asText(), question.get("question").asText()));
          qrels.put(question.get("id").asText(), Map.of(id, 1));
        }
      }
    }
  }

  private RetrievalResult evaluate(String analyzer) {
    try (Bm25 bm25 = Bm25.of(new Corpus(documents), Bm25Options.DEFAULT.withAnalyzer(analyzer))) {
      return RetrievalEvaluator.standard()
          .withMetrics("ndcg@10", "recall@10")
          .evaluate(bm25.retrieve(new Queries(queries), 100), new Qrels(qrels));
    }
  }
}
