package dev.embedlab.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Training pairs that a language model wrote: the prompt to ask for them, the file they come in
 * (one JSON object {@code {"query", "pos", "neg"}} a line, {@code neg} optional), and the checks
 * they must pass before anything is trained on them.
 */
public final class SyntheticPairs {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int SHORTEST_QUERY = 3;

  private SyntheticPairs() {}

  /**
   * What was read.
   *
   * @param examples that passed
   * @param duplicates lines left out because an equal query with an equal positive came before
   * @param leaked lines left out because their query is one of the test queries
   * @param invalid what was wrong with the other lines, with the number of the line
   */
  public record Audit(
      List<TrainingExample> examples, int duplicates, int leaked, List<String> invalid) {

    @Override
    public String toString() {
      return "%d pairs kept; left out: %d duplicates, %d that are test queries, %d invalid lines"
          .formatted(examples.size(), duplicates, leaked, invalid.size());
    }
  }

  /**
   * A request that makes a language model write queries for a document.
   *
   * @param document the text the queries should be answered by
   * @param queries how many
   * @param language in English, for example {@code Korean}
   */
  public static String prompt(String document, int queries, String language) {
    return """
        Below is a document. Write %d search queries in %s that a person would type who needs \
        exactly this document and does not know its wording. Vary length and style: a question, a \
        few keywords, a sentence with a typing error. Do not copy phrases from the document. Then, \
        for each query, write a short text on the same subject that does NOT answer it.
        Answer with one JSON object a line and nothing else:
        {"query": "...", "pos": "the document's answer in one or two sentences", "neg": "..."}

        Document:
        %s
        """
        .formatted(queries, language, document.strip());
  }

  /**
   * Reads and audits a file.
   *
   * @param testQueries texts that must not be trained on; compared without case and punctuation
   * @throws IOException if the file cannot be read; bad lines are reported, not thrown
   */
  public static Audit read(Path file, Collection<String> testQueries) throws IOException {
    Set<String> forbidden = new HashSet<>();
    testQueries.forEach(query -> forbidden.add(canonical(query)));
    Set<List<String>> seen = new HashSet<>();
    List<TrainingExample> kept = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    int duplicates = 0;
    int leaked = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          TrainingExample example = parse(line);
          List<String> key =
              example.texts().stream().limit(2).map(SyntheticPairs::canonical).toList();
          if (forbidden.contains(key.getFirst())) {
            leaked++;
          } else if (!seen.add(key)) {
            duplicates++;
          } else {
            kept.add(example);
          }
        } catch (IllegalArgumentException e) {
          invalid.add("line %d: %s".formatted(number, e.getMessage()));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException("%s is not UTF-8; save it in that encoding.".formatted(file), e);
    }
    return new Audit(List.copyOf(kept), duplicates, leaked, List.copyOf(invalid));
  }

  private static TrainingExample parse(String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON; write one object a line", e);
    }
    String query = text(node, "query");
    String positive = text(node, "pos");
    if (query.length() < SHORTEST_QUERY) {
      throw new IllegalArgumentException("'query' is shorter than 3 characters");
    }
    if (canonical(query).equals(canonical(positive))) {
      throw new IllegalArgumentException("'query' and 'pos' are the same text");
    }
    return node.hasNonNull("neg")
        ? TrainingExample.triplet(query, positive, text(node, "neg"))
        : TrainingExample.pair(query, positive);
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new IllegalArgumentException("'%s' is missing, empty or no text".formatted(field));
    }
    return value.asText().strip();
  }

  /**
   * Writes pairs or triplets, one a line; the file appears when it is complete.
   *
   * @throws IllegalArgumentException if an example has other than 2 or 3 texts, which a line has no
   *     room for
   */
  public static void write(Path file, List<TrainingExample> examples) throws IOException {
    for (int i = 0; i < examples.size(); i++) {
      int texts = examples.get(i).texts().size();
      if (texts < 2 || texts > 3) {
        throw new IllegalArgumentException(
            "Example %d has %d texts, but a line of %s holds a query, a positive and at most one negative; make one example for each negative."
                .formatted(i, texts, file));
      }
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      for (TrainingExample example : examples) {
        ObjectNode node = JSON.createObjectNode();
        node.put("query", example.texts().get(0)).put("pos", example.texts().get(1));
        if (example.texts().size() > 2) {
          node.put("neg", example.texts().get(2));
        }
        out.write(JSON.writeValueAsString(node));
        out.newLine();
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Real and synthetic pairs together, shuffled; all real ones, and synthetic ones up to a share.
   *
   * @param share of synthetic pairs in the result, 0 to below 1
   */
  public static List<TrainingExample> mix(
      List<TrainingExample> real, List<TrainingExample> synthetic, double share, long seed) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share must be in [0, 1), but is %s.".formatted(share));
    }
    int wanted = (int) Math.round(real.size() * share / (1 - share));
    List<TrainingExample> pool = new ArrayList<>(synthetic);
    Collections.shuffle(pool, new Random(seed));
    List<TrainingExample> mixed = new ArrayList<>(real);
    mixed.addAll(pool.subList(0, Math.min(wanted, pool.size())));
    Collections.shuffle(mixed, new Random(seed));
    return mixed;
  }

  private static String canonical(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
