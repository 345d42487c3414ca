package dev.embedlab.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * TREC run files: {@code query Q0 document rank score name}, split at white space. The rank is not
 * read; the scores give the order.
 */
public final class RunFile {

  private static final List<String> NAMES =
      List.of("query", "Q0", "document", "rank", "score", "name");

  private RunFile() {}

  /** Reads a whole file whose every row must be good. */
  public static Run read(Path file) {
    Map<String, Ranking> rankings = new LinkedHashMap<>();
    String name = stream(file, BadRows.fail(), rankings::put);
    return new Run(name, rankings);
  }

  /**
   * Reads query by query, holding one query's documents at a time. The lines of a query must stand
   * together.
   *
   * @param use is given each query's id and ranking
   * @return the name of the run, as the first line says it
   * @throws BadRowException naming file, line and field
   */
  public static String stream(Path file, BadRows badRows, BiConsumer<String, Ranking> use) {
    Collector collector = new Collector(use);
    try (Columns rows = new Columns(file, first -> new Columns.Layout(NAMES, false, false))) {
      badRows.read(rows, collector::add);
    }
    collector.finish();
    return collector.name;
  }

  /** Gathers the lines of one query. */
  private static final class Collector {
    private final BiConsumer<String, Ranking> use;
    private final Set<String> finished = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> documents = new ArrayList<>();
    private final List<Float> scores = new ArrayList<>();
    private String query = "";
    private String name = "run";

    Collector(BiConsumer<String, Ranking> use) {
      this.use = use;
    }

    void add(Row row) {
      String id = row.id("query");
      String document = row.id("document");
      float score = (float) row.number("score");
      if (!id.equals(query)) {
        if (finished.contains(id)) {
          throw row.bad(
              "query",
              "'%s' occurs again after other queries; sort the file by query".formatted(id));
        }
        finish();
        query = id;
        name = row.text("name");
      }
      if (!seen.add(document)) {
        throw row.bad("document", "'%s' is listed twice for query '%s'".formatted(document, id));
      }
      documents.add(document);
      scores.add(score);
    }

    void finish() {
      if (!documents.isEmpty()) {
        float[] values = new float[scores.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = scores.get(i);
        }
        use.accept(query, new Ranking(documents, values));
        finished.add(query);
      }
      documents.clear();
      scores.clear();
      seen.clear();
    }
  }

  /** Writes a run, best document first; ids must not hold white space. */
  public static void write(Path file, Run run) {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
        String name = run.name().replaceAll("\\s+", "_");
        for (String query : run.queryIds()) {
          Ranking ranking = run.of(query);
          for (int i = 0; i < ranking.size(); i++) {
            out.write(
                String.join(
                    " ",
                    word(query),
                    "Q0",
                    word(ranking.documentId(i)),
                    "" + (i + 1),
                    "" + ranking.score(i),
                    name));
            out.write('\n');
          }
        }
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String word(String id) {
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "The id '%s' holds white space, which a run file cannot hold.".formatted(id));
    }
    return id;
  }
}
