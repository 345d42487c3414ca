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
        .hasMessageContaining("little-endian float32 or float64");
    byte[] bytes = Files.readAllBytes(resource("float32.npy"));
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
