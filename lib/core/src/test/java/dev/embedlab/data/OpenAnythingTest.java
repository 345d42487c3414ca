package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAnythingTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(OpenAnythingTest.class.getResource("/files/" + name).toURI());
  }

  @Test
  void csvHasQuotesAndLineEndsInCells() throws IOException {
    Path file =
        write("a.csv", "sentence1,sentence2,score\r\n\"a, \"\"b\"\"\nc\",\"d\",4.5\r\ne,f,1\r\n");
    TextFile.Read<ScoredPair> read = TextFile.of(file).scoredPairs();
    assertThat(read.rows())
        .containsExactly(new ScoredPair("a, \"b\"\nc", "d", 4.5), new ScoredPair("e", "f", 1));
    assertThat(read.columns()).containsEntry("first", "sentence1").containsEntry("score", "score");
    assertThat(read.toString()).startsWith("2 rows; columns: {first=sentence1");
  }

  @Test
  void tsvTakesQuotesAsTheyAre() throws IOException {
    Path file = write("a.tsv", "text\tlabel\nthe 5\" disk\thardware\n");
    assertThat(TextFile.of(file).labelledTexts().rows())
        .containsExactly(new LabelledText("the 5\" disk", "hardware"));
  }

  @Test
  void columnsCanBeGiven() throws IOException {
    Path file = write("faq.csv", "ask,reply,other\nhow?,so.,x\n");
    assertThatThrownBy(() -> TextFile.of(file).pairs())
        .hasMessageContaining("no column that looks like 'first' among [ask, reply, other]")
        .hasMessageContaining("with(\"first\", \"...\")");
    assertThat(TextFile.of(file).with("first", "ask").with("second", "reply").pairs().rows())
        .containsExactly(new TextPair("how?", "so."));
    assertThatThrownBy(() -> TextFile.of(file).with("first", "asked").pairs())
        .hasMessageContaining("field 'asked': there is no such column");
  }

  @Test
  void gzipAndTripletsAndLabelLists() throws IOException {
    Path file = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "{\"anchor\":\"a\",\"positive\":\"p\",\"negative\":\"n\"}\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TextFile.of(file).triplets().rows()).containsExactly(new TextTriplet("a", "p", "n"));
    Path labels = write("l.jsonl", "{\"text\":\"t\",\"labels\":[\"x\",\"y\"]}\n");
    assertThat(TextFile.of(labels).labelledTexts().rows())
        .containsExactly(new LabelledText("t", List.of("x", "y")));
  }

  @Test
  void badRowsAreNamedOrCounted() throws IOException {
    Path file = write("a.csv", "text,label\na,x\nb\n\"c,y\n");
    assertThatThrownBy(() -> TextFile.of(file).labelledTexts())
        .hasMessage("a.csv, line 3: has 1 columns instead of 2 (text, label).");
    TextFile.Read<LabelledText> read = TextFile.of(file).skippingBadRows().labelledTexts();
    assertThat(read.rows()).hasSize(1);
    assertThat(read.toString()).contains("skipped 1 row").contains("quote that is never closed");
    assertThatThrownBy(() -> TableFile.open(write("a.xls", "")))
        .hasMessageContaining("use .jsonl, .csv, .tsv or .parquet");
    assertThatThrownBy(() -> TableFile.open(write("empty.csv", "")))
        .hasMessageContaining("is empty; the first line must name the columns");
  }

  @Test
  void parquetOfTheHubLayoutWithLanguages() throws URISyntaxException {
    Path hub = resource("hub");
    assertThat(HuggingFaceFolder.subsets(hub)).containsExactly("en", "ko");
    RetrievalDataset korean = HuggingFaceFolder.read(hub, "ko", BadRows.fail());
    assertThat(korean.name()).isEqualTo("hub/ko");
    assertThat(korean.corpus().contents()).containsExactly("사과 빨강다", "바나나");
    assertThat(korean.qrels("test").of("q1")).containsExactly(Map.entry("d1", 2));
    assertThatThrownBy(() -> Datasets.open(hub.toString()))
        .hasMessageContaining("has the subsets [en, ko]; say which one");
    assertThat(TextFile.of(resource("labels.parquet")).labelledTexts().rows().getFirst().labels())
        .containsExactly("x", "y");
  }

  @Test
  void readmeSaysWhichFileIsWhich() throws IOException {
    write(
        "README.md",
        """
        ---
        language: [en]
        configs:
        - config_name: en-corpus
          data_files:
          - split: test
            path: some/a*.jsonl
        - config_name: en-queries
          data_files: questions.jsonl
        - config_name: en-qrels
          data_files:
          - split: dev
            path: [judged.tsv]
        - config_name: en-top_ranked
          data_files:
          - split: dev
            path: first.jsonl
        ---
        # A data set
        """);
    Files.createDirectories(folder.resolve("some"));
    write("some/a1.jsonl", "{\"_id\":\"d1\",\"text\":\"t\"}\n");
    write("some/a2.jsonl", "{\"_id\":\"d2\",\"text\":\"u\"}\n");
    write("some/b.jsonl", "{\"_id\":\"d1\",\"text\":\"not named\"}\n");
    write("questions.jsonl", "{\"_id\":7,\"text\":\"q\"}\n");
    write("judged.tsv", "query-id\tcorpus-id\tscore\n7\td1\t1\n");
    write("first.jsonl", "{\"query-id\":\"7\",\"corpus-ids\":[\"d2\",\"d1\"]}\n");
    RetrievalDataset data = Datasets.open(folder.toString());
    assertThat(data.corpus().ids()).containsExactly("d1", "d2");
    assertThat(data.qrels("dev").of("7")).containsExactly(Map.entry("d1", 1));
    assertThat(HuggingFaceFolder.candidates(folder, OpenOptions.defaults()))
        .containsExactly(Map.entry("7", List.of("d2", "d1")));
    write("README.md", "---\nconfigs: [a: b: c\n---\n");
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .hasMessageContaining("README.md: has a head that is no YAML");
  }

  @Test
  void everySplitMayHaveItsOwnCorpus() throws IOException {
    for (String split : List.of("train", "test")) {
      for (String kind : List.of("corpus", "queries")) {
        Files.createDirectories(folder.resolve(kind));
        write(kind + "/" + split + ".jsonl", "{\"_id\":\"1\",\"text\":\"" + split + "\"}\n");
      }
      Files.createDirectories(folder.resolve("qrels"));
      write("qrels/" + split + ".jsonl", "{\"query-id\":1,\"corpus-id\":1,\"score\":1}\n");
    }
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .hasMessageContaining("'corpus' for each of the splits [test, train]; say which split");
    RetrievalDataset data =
        Datasets.open(folder.toString(), OpenOptions.defaults().withSplit("train"));
    assertThat(data.corpus().contents()).containsExactly("train");
    assertThat(data.queries("train").texts()).containsExactly("train");
  }

  @Test
  void tablesOfOneSplitAreFoundByName() throws IOException {
    Files.createDirectories(folder.resolve("en"));
    Files.createDirectories(folder.resolve("ko"));
    write("en/test-00000-of-00002.jsonl", "{\"text\":\"a\",\"label\":1}\n");
    write("en/test-00001-of-00002.jsonl", "{\"text\":\"b\",\"label\":0}\n");
    write("en/train.csv", "text,label\nc,1\n");
    write("ko/test.jsonl", "{\"text\":\"d\",\"label\":0}\n");
    assertThat(TextFile.in(folder, "en", "test").labelledTexts().rows())
        .extracting(LabelledText::text)
        .containsExactly("a", "b");
    assertThat(TextFile.in(folder, "en", "train").labelledTexts().rows()).hasSize(1);
    assertThatThrownBy(() -> TextFile.in(folder, "", "test"))
        .hasMessageContaining("has the subsets [en, ko]; say which one");
    assertThatThrownBy(() -> TextFile.in(folder, "ko", "train"))
        .hasMessageContaining("has no split 'train'; it has [test]");
    assertThat(TextFile.in(folder, "en", "test").fingerprint()).hasSize(64);
  }

  @Test
  void rowsMayHoldLists() throws IOException {
    Path pairs =
        write(
            "pairs.jsonl",
            "{\"sentence1\":[\"a\",\"b\"],\"sentence2\":[\"c\",\"d\"],\"labels\":[1,0]}\n");
    assertThat(TextFile.of(pairs).scoredPairs().rows())
        .containsExactly(new ScoredPair("a", "c", 1), new ScoredPair("b", "d", 0));
    Path uneven =
        write("uneven.jsonl", "{\"sentence1\":[\"a\"],\"sentence2\":[\"c\"],\"labels\":[1,0]}\n");
    assertThatThrownBy(() -> TextFile.of(uneven).scoredPairs())
        .hasMessageContaining("field 'labels': has 2 items, but the other columns");
    Path sets = write("sets.jsonl", "{\"sentences\":[\"a\",\"b\"],\"labels\":[\"x\",\"y\"]}\n");
    assertThat(TextFile.of(sets).labelledSets().rows().getFirst())
        .containsExactly(new LabelledText("a", "x"), new LabelledText("b", "y"));
    Path summaries =
        write(
            "s.jsonl",
            "{\"human_summaries\":[\"h\"],\"machine_summaries\":[\"m\"],\"relevance\":[2.5]}\n");
    assertThat(TextFile.of(summaries).summaries().rows())
        .containsExactly(new SummarySample(List.of("h"), List.of("m"), List.of(2.5)));
    Path ranked =
        write(
            "r.jsonl",
            """
            {"query":"q","positive":[],"negative":["n"]}
            {"query":"q","positive":["p"],"negative":["n","o"]}
            """);
    RerankingFile.Read read = RerankingFile.read("r", "test", List.of(ranked), BadRows.fail());
    assertThat(read.candidates())
        .containsExactly(
            Map.entry(
                "test_query0",
                List.of(
                    "apositive_test_query0_00000",
                    "negative_test_query0_00000",
                    "negative_test_query0_00001")));
  }

  @Test
  void jsonlOfTheHubLayout() throws IOException {
    write("corpus.jsonl", "{\"id\":\"d\",\"text\":\"t\"}\n");
    write("queries.jsonl", "{\"id\":\"q\",\"text\":\"t\"}\n");
    write("qrels.jsonl", "{\"query-id\":\"q\",\"corpus-id\":\"d\",\"score\":1}\n");
    RetrievalDataset data = HuggingFaceFolder.read(folder);
    assertThat(data.qrels("test").size()).isEqualTo(1);
  }

  @Test
  void numpyFiles() throws Exception {
    assertThat(NpyFile.read(resource("float32.npy")))
        .isDeepEqualTo(new float[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(NpyFile.read(resource("float64.npy"))).isDeepEqualTo(new float[][] {{1.5f, 2.5f}});
    assertThatThrownBy(() -> NpyFile.read(resource("ints.npy")))
        .hasMessageContaining("little-endian float16, float32 or float64");
    byte[] bytes = Files.readAllBytes(resource("float32.npy"));
    byte[] half =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("'<f4'", "'<f2'")
            .getBytes(StandardCharsets.ISO_8859_1);
    half = java.util.Arrays.copyOf(half, half.length - 12);
    for (int i = 0; i < 6; i++) {
      half[half.length - 12 + 2 * i] = 0;
      half[half.length - 11 + 2 * i] = 0x3c;
    }
    assertThat(NpyFile.read(Files.write(folder.resolve("half.npy"), half)))
        .isDeepEqualTo(new float[][] {{1, 1, 1}, {1, 1, 1}});
    Path cut = Files.write(folder.resolve("cut.npy"), java.util.Arrays.copyOf(bytes, 140));
    assertThatThrownBy(() -> NpyFile.read(cut)).hasMessageContaining("but is shorter");
  }

  @Test
  void runFilesRoundTrip() throws IOException {
    Run run =
        new Run(
            "my run", Map.of("q1", new Ranking(List.of("d2", "d1"), new float[] {1.25f, 0.1f})));
    Path file = folder.resolve("run.txt");
    RunFile.write(file, run);
    assertThat(Files.readString(file)).isEqualTo("q1 Q0 d2 1 1.25 my_run\nq1 Q0 d1 2 0.1 my_run\n");
    Run read = RunFile.read(file);
    assertThat(read.of("q1").documentIds()).containsExactly("d2", "d1");
    assertThat(read.of("q1").score(1)).isEqualTo(0.1f);
    assertThat(read.name()).isEqualTo("my_run");
  }

  @Test
  void runFilesNameBadLines() throws IOException {
    Path again = write("again.txt", "q1 Q0 a 1 2 r\nq2 Q0 a 1 2 r\nq1 Q0 b 2 1 r\n");
    assertThatThrownBy(() -> RunFile.read(again))
        .hasMessage(
            "again.txt, line 3, field 'query': 'q1' occurs again after other queries; sort the file by query.");
    Path twice = write("twice.txt", "q1 Q0 a 1 2 r\nq1 Q0 a 2 1 r\n");
    assertThatThrownBy(() -> RunFile.read(twice))
        .hasMessageContaining("line 2, field 'document': 'a' is listed twice");
    Path nan = write("nan.txt", "q1 Q0 a 1 NaN r\n");
    assertThatThrownBy(() -> RunFile.read(nan)).hasMessageContaining("field 'score'");
  }
}
