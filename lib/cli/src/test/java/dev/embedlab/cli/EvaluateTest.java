package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.evaluate.result.ModelCard;
import dev.embedlab.evaluate.result.ResultStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeData() throws IOException {
    Files.createDirectories(folder.resolve("data/qrels"));
    write(
        "data/corpus.jsonl",
        "{\"_id\":\"d1\",\"text\":\"red apples\"}\n{\"_id\":\"d2\",\"text\":\"green grass\"}\n");
    write(
        "data/queries.jsonl",
        "{\"_id\":\"q1\",\"text\":\"apple\"}\n{\"_id\":\"q2\",\"text\":\"grass\"}\n");
    write("data/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private String lastLine() {
    return out.toString().strip().lines().toList().getLast();
  }

  @Test
  void scoresKeywordSearchAndStoresIt() {
    String data = folder.resolve("data").toString();
    String results = folder.resolve("results").toString();
    assertThat(run("evaluate", "--model", "bm25", "--data", data, "--out", results)).isZero();
    assertThat(lastLine()).isEqualTo("1.00000");
    assertThat(folder.resolve("results/bm25/no_revision_available/data.json")).exists();
    assertThat(folder.resolve("results/bm25/no_revision_available/queries/data.jsonl")).exists();
  }

  @Test
  void scoresVectorsAndComparesThem() throws IOException {
    String data = folder.resolve("data").toString();
    String results = folder.resolve("results").toString();
    Path queries = npy("queries.npy", new float[][] {{1, 0}, {1, 0.5f}});
    Path documents = npy("documents.npy", new float[][] {{1, 0}, {0, 1}});
    run("evaluate", "--model", "bm25", "--data", data, "--out", results);
    String model = "vectors:" + queries + "," + documents;
    assertThat(run("evaluate", "--model", model, "--data", data, "--out", results)).isZero();
    // q2 finds d2 at rank 2: (1 + 1 / log2(3)) / 2.
    assertThat(Double.parseDouble(lastLine())).isEqualTo(0.81546, within(1e-5));
    assertThat(run("compare", results)).isZero();
    assertThat(out.toString()).contains("ties with queries.npy").contains("borda");
    assertThat(out.toString())
        .contains("ranks if the queries were drawn again: ")
        .contains("effect of ", "d = +");
    assertThat(run("compare", results, "--test", "wilcoxon")).isZero();
  }

  private Path npy(String name, float[][] rows) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows.length, rows[0].length);
    ByteBuffer bytes = ByteBuffer.allocate(10 + 118 + rows.length * rows[0].length * 4);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93).put("NUMPY".getBytes());
    bytes.put((byte) 1).put((byte) 0).putShort((short) 118);
    bytes.put("%-117s\n".formatted(header).getBytes(StandardCharsets.ISO_8859_1));
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    return Files.write(folder.resolve(name), bytes.array());
  }

  @Test
  void scoresOtherTasksFromVectors() throws IOException {
    write("pairs.csv", "sentence1,sentence2,score\na,b,1\nc,d,2\ne,f,3\n");
    Path first = npy("first.npy", new float[][] {{1, 0}, {1, 0}, {1, 0}});
    Path second = npy("second.npy", new float[][] {{0, 1}, {1, 1}, {1, 0}});
    String pairs = folder.resolve("pairs.csv").toString();
    String model = "vectors:" + first + "," + second;
    assertThat(run("evaluate", "--model", model, "--data", pairs, "--task", "sts")).isZero();
    assertThat(lastLine()).isEqualTo("1.00000");
  }

  @Test
  void scoresEveryKindOfTaskFromFiles() throws IOException {
    write("rows.csv", "text,label\na,x\nb,y\nc,x\nd,y\ne,x\nf,y\n");
    write("sets.jsonl", "{\"sentences\":[\"a\",\"b\"],\"labels\":[\"x\",\"y\"]}\n");
    write(
        "sums.jsonl",
        "{\"human_summaries\":[\"h\"],\"machine_summaries\":[\"m\",\"n\"],\"relevance\":[1,2]}\n");
    write("labels.csv", "label,text\nx,of x\ny,of y\n");
    write("ranked.jsonl", "{\"query\":\"q\",\"positive\":[\"p\"],\"negative\":[\"n\"]}\n");
    float[][] six = {{1, 0}, {0, 1}, {1, 0.1f}, {0.1f, 1}, {1, 0.2f}, {0.2f, 1}};
    Path rows = npy("rows.npy", six);
    Path two = npy("two.npy", new float[][] {{1, 0}, {0, 1}});
    Path one = npy("one.npy", new float[][] {{0, 1}});
    String[][] runs = {
      {"zero-shot", "rows.csv", rows + "," + two, "--label-texts", file("labels.csv")},
      {"clustering", "rows.csv", rows.toString(), "--sample", "all"},
      {"clustering-legacy", "sets.jsonl", two.toString(), "--name", "Legacy"},
      {"summarization", "sums.jsonl", one + "," + two},
      {"classification", "rows.csv", rows + "," + rows, "--train", file("rows.csv")},
      {"multilabel", "rows.csv", rows + "," + rows, "--train", file("rows.csv")},
      {"reranking", "ranked.jsonl", npy("q.npy", new float[][] {{1, 0}}) + "," + two},
    };
    for (String[] run : runs) {
      List<String> arguments = new ArrayList<>(List.of("evaluate", "--task", run[0]));
      arguments.addAll(List.of("--data", file(run[1]), "--model", "vectors:" + run[2]));
      arguments.addAll(List.of(run).subList(3, run.length));
      assertThat(run(arguments.toArray(String[]::new))).as("%s: %s", run[0], err).isZero();
      assertThat(lastLine()).as(run[0]).isEqualTo("1.00000");
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void textsOnBothSidesKeepTheirVectors() throws IOException {
    write("data/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"red apples\"}\n");
    write("data/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td2\t1\n");
    Path queries = npy("queries.npy", new float[][] {{1, 0}});
    Path documents = npy("documents.npy", new float[][] {{0, 1}, {1, 0}});
    String model = "vectors:" + queries + "," + documents;
    assertThat(run("evaluate", "--model", model, "--data", file("data"))).isZero();
    assertThat(lastLine()).isEqualTo("1.00000");
  }

  @Test
  void equalTextsOfSeveralRowsKeepTheirVectors() throws IOException {
    write("pairs.csv", "sentence1,sentence2,score\na,b,3\na,b,2\na,b,1\n");
    Path first = npy("first.npy", new float[][] {{1, 0}, {1, 0}, {1, 0}});
    Path second = npy("second.npy", new float[][] {{1, 0}, {1, 1}, {0, 1}});
    String model = "vectors:" + first + "," + second;
    assertThat(run("evaluate", "--model", model, "--data", file("pairs.csv"), "--task", "sts"))
        .isZero();
    assertThat(lastLine()).isEqualTo("1.00000");
  }

  @Test
  void queriesOfOtherSplitsMayHaveVectorsToo() throws IOException {
    write("data/qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq2\td2\t1\n");
    write("ranked.txt", "q2 Q0 d1 1 2 r\nq2 Q0 d2 2 1 r\n");
    Path documents = npy("documents.npy", new float[][] {{1, 0}, {0, 1}});
    for (float[][] queries : List.of(new float[][] {{1, 0}, {0, 1}}, new float[][] {{0, 1}})) {
      String model = "vectors:" + npy("queries.npy", queries) + "," + documents;
      String[] arguments = {
        "evaluate",
        "--task",
        "reranking",
        "--split",
        "dev",
        "--model",
        model,
        "--data",
        file("data"),
        "--candidates",
        file("ranked.txt")
      };
      assertThat(run(arguments)).as("%s", err).isZero();
      assertThat(lastLine()).isEqualTo("1.00000");
    }
  }

  @Test
  void leaderboardShowsSizeAndSpeedOfCheckpoints() {
    Path fixtures =
        Path.of(System.getProperty("embedlab.root"), "lib/models/src/test/resources/fixtures");
    String model = fixtures.resolve("static-embedding").toString();
    String results = file("results");
    assertThat(run("evaluate", "--model", model, "--data", file("data"), "--out", results))
        .isZero();
    ModelCard card = new ResultStore(folder.resolve("results")).read().getFirst().model();
    assertThat(card.name()).isEqualTo("static-embedding");
    assertThat(card.dimension()).isPositive();
    assertThat(card.parameters()).isPositive();
    assertThat(card.textsPerSecond()).isPositive();
  }

  @Test
  void resultFilesHaveMtebsFields() throws IOException {
    write("rows.csv", "sentence1,sentence2,score\na,b,1\nc,d,2\n");
    Path vectors = npy("v.npy", new float[][] {{1, 0}, {0, 1}});
    Path others = npy("w.npy", new float[][] {{0, 1}, {0, 1}});
    Files.createDirectories(folder.resolve("hub/eng-Latn_kor-Hang"));
    Files.move(folder.resolve("rows.csv"), folder.resolve("hub/eng-Latn_kor-Hang/test.csv"));
    String[] arguments = {
      "evaluate",
      "--task",
      "sts",
      "--data",
      file("hub"),
      "--subset",
      "eng-Latn_kor-Hang",
      "--model",
      "vectors:" + vectors + "," + others,
      "--out",
      file("results"),
      "--name",
      "Pairs"
    };
    assertThat(run(arguments)).as("%s", err).isZero();
    JsonNode json =
        new JsonMapper()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature())
            .readTree(folder.resolve("results/v.npy/no_revision_available/Pairs.json").toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "dataset_revision",
            "task_name",
            "mteb_version",
            "evaluation_time",
            "kg_co2_emissions",
            "scores");
    JsonNode entry = json.at("/scores/test/0");
    assertThat(entry.path("main_score")).isEqualTo(entry.path("cosine_spearman"));
    assertThat(entry.path("hf_subset").asText()).isEqualTo("eng-Latn_kor-Hang");
    assertThat(entry.path("languages").toString()).isEqualTo("[\"eng-Latn\",\"kor-Hang\"]");
    assertThat(json.path("dataset_revision").asText()).hasSize(64);
  }

  @Test
  void modelsOfOneNameAreToldApartByTheirFolders() {
    for (String analyzer : List.of("english", "standard")) {
      run(
          "evaluate",
          "--model",
          "bm25",
          "--data",
          file("data"),
          "--analyzer",
          analyzer,
          "--out",
          file(analyzer));
    }
    assertThat(run("compare", file("english"), file("standard"))).isZero();
    assertThat(out.toString())
        .contains(file("english") + "/bm25")
        .contains(file("standard") + "/bm25");
  }

  @Test
  void mistakesAreOneSentence() {
    String data = folder.resolve("data").toString();
    assertThat(run("evaluate", "--model", "bm25", "--data", "nowhere")).isEqualTo(1);
    assertThat(run("evaluate", "--model", "bm25", "--data", data, "--split", "dev")).isEqualTo(1);
    assertThat(run("evaluate", "--model", "bm25", "--data", data, "--task", "magic")).isEqualTo(1);
    assertThat(run("compare", folder.resolve("nothing").toString())).isEqualTo(1);
    List<String> lines = err.toString().strip().lines().toList();
    assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("lab: "));
    assertThat(lines.get(1)).contains("has no split 'dev'; it has [test]");
    assertThat(lines.get(2)).contains("There is no task 'magic'");
  }

  @Test
  void bm25OnSciFactMatchesThePublishedValue() {
    Path scifact =
        Path.of(System.getProperty("embedlab.root")).resolve("../shared/data/scifact").normalize();
    assumeTrue(Files.isDirectory(scifact), "needs ../shared/data/scifact");
    assertThat(run("evaluate", "--model", "bm25", "--data", scifact.toString())).isZero();
    assertThat(Double.parseDouble(lastLine())).isEqualTo(0.679, within(0.003));
  }
}
