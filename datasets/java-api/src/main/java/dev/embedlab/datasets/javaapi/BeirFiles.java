package dev.embedlab.datasets.javaapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.datasets.javaapi.JavaApi.Split;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link JavaApi} as a BEIR folder. */
final class BeirFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BeirFiles() {}

  /**
   * @param ids question key to query id, shared by the full set and its small part
   */
  static void write(JavaApi data, Map<String, String> ids, Path folder) throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("corpus.jsonl"))) {
      for (Member member : data.documents()) {
        line(out, "_id", member.id(), "title", member.signature(), "text", member.body());
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("queries.jsonl"))) {
      for (Split split : Split.values()) {
        for (Question question : data.questions().get(split)) {
          line(out, "_id", ids.get(question.key()), "text", question.text());
        }
      }
    }
    for (Split split : Split.values()) {
      Path file = folder.resolve("qrels").resolve(split.fileName() + ".tsv");
      writeQrels(data.questions().get(split), ids, file);
    }
  }

  private static void writeQrels(List<Question> questions, Map<String, String> ids, Path file)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("query-id\tcorpus-id\tscore\n");
      for (Question question : questions) {
        for (Member answer : question.answers()) {
          out.write(ids.get(question.key()) + '\t' + answer.id() + "\t1\n");
        }
      }
    }
  }

  private static void line(BufferedWriter out, String... keysAndValues) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      row.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    out.write(JSON.writeValueAsString(row));
    out.write('\n');
  }

  /** Numbers the questions, test first, so that ids stay when training questions change. */
  static Map<String, String> ids(JavaApi data) {
    Map<String, String> ids = new HashMap<>();
    for (Split split : List.of(Split.TEST, Split.DEV, Split.TRAIN)) {
      int n = 0;
      for (Question question : data.questions().get(split)) {
        ids.put(question.key(), "%s-%05d".formatted(split.fileName(), n++));
      }
    }
    return ids;
  }
}
