package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published anchor: Anserini's BM25 over the flat SciFact index has nDCG@10 0.6789. */
class SciFactBm25Test {

  private static final Path FOLDER =
      Path.of(System.getProperty("embedlab.root"), "..", "shared", "data", "scifact");

  @Test
  void reachesAnserinisFigure() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "SciFact is not at ../shared/data/scifact: skipped");
    List<Document> documents = new ArrayList<>();
    for (JsonNode node : lines("corpus.jsonl")) {
      documents.add(
          new Document(
              node.get("_id").asText(), node.get("title").asText(), node.get("text").asText()));
    }
    Map<String, Map<String, Integer>> qrels = qrels();
    List<Query> queries = new ArrayList<>();
    for (JsonNode node : lines("queries.jsonl")) {
      if (qrels.containsKey(node.get("_id").asText())) {
        queries.add(new Query(node.get("_id").asText(), node.get("text").asText()));
      }
    }
    try (Bm25 bm25 = Bm25.of(new Corpus(documents))) {
      Run run = bm25.retrieve(new Queries(queries), 1000);
      double mean =
          queries.stream()
              .mapToDouble(q -> ndcgAt10(run.of(q.id()), qrels.get(q.id())))
              .average()
              .orElseThrow();
      System.out.printf("BM25 on SciFact: nDCG@10 %.4f of %d queries%n", mean, queries.size());
      assertThat(mean).isCloseTo(0.679, within(0.003));
    }
  }

  /** With trec_eval's rules: equal scores in descending order of id. */
  private static double ndcgAt10(Ranking ranking, Map<String, Integer> grades) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ranking.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.<Integer>comparingDouble(i -> -ranking.score(i))
            .thenComparing(ranking::documentId, Comparator.reverseOrder()));
    double gain = 0;
    for (int i = 0; i < Math.min(10, order.size()); i++) {
      gain += grades.getOrDefault(ranking.documentId(order.get(i)), 0) / log2(i + 2);
    }
    List<Integer> ideal = grades.values().stream().sorted(Comparator.reverseOrder()).toList();
    double best = 0;
    for (int i = 0; i < Math.min(10, ideal.size()); i++) {
      best += ideal.get(i) / log2(i + 2);
    }
    return gain / best;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static List<JsonNode> lines(String file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(file))) {
      nodes.add(json.readTree(line));
    }
    return nodes;
  }

  private static Map<String, Map<String, Integer>> qrels() throws IOException {
    Map<String, Map<String, Integer>> qrels = new HashMap<>();
    List<String> lines = Files.readAllLines(FOLDER.resolve("qrels/test.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      qrels
          .computeIfAbsent(cells[0], id -> new HashMap<>())
          .put(cells[1], Integer.valueOf(cells[2]));
    }
    return qrels;
  }
}
