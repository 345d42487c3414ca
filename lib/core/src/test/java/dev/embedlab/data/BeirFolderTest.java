package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirFolderTest {

  @TempDir Path folder;

  @BeforeEach
  void writeAGoodFolder() throws IOException {
    Files.createDirectories(folder.resolve("qrels"));
    write(
        "corpus.jsonl",
        "\ufeff{\"_id\": \"d1\", \"title\": \"Apples\", \"text\": \"are red\"}\r\n\r\n"
            + "{\"_id\": 2, \"text\": \"사과\", \"metadata\": {}}\n");
    write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"red fruit\"}\n");
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\t2\t0\n");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  @Test
  void readsAFolder() {
    RetrievalDataset data = Datasets.open(folder.toString());
    assertThat(data.corpus().ids()).containsExactly("d1", "2");
    assertThat(data.corpus().contents()).containsExactly("Apples are red", "사과");
    assertThat(data.queries("test").texts()).containsExactly("red fruit");
    assertThat(data.qrels("test").of("q1")).containsEntry("d1", 1).containsEntry("2", 0);
    assertThat(data.fingerprint()).hasSize(64).isEqualTo(BeirFolder.read(folder).fingerprint());
    assertThat(data.toString()).contains("2 documents").contains("test");
  }

  @Test
  void fingerprintDependsOnContents() throws IOException {
    String before = BeirFolder.read(folder).fingerprint();
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0\n");
    assertThat(BeirFolder.read(folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void namesFileLineAndField() throws IOException {
    write(
        "corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"x\"}\n{\"_id\": \"d1\", \"text\": \"y\"}\n");
    assertFails(
        "corpus.jsonl, line 2, field '_id': repeats the id 'd1' of corpus.jsonl line 1; ids must be");
    write("corpus.jsonl", "{\"_id\": \"d1\"}\n");
    assertFails("corpus.jsonl, line 1, field 'text': is missing; this row has [_id].");
    write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": [1]}\n");
    assertFails("corpus.jsonl, line 1, field 'text': should be a text, but is a list.");
    write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"x\"\n");
    assertFails("corpus.jsonl, line 1: is not a JSON object");
    Files.write(folder.resolve("corpus.jsonl"), new byte[] {'{', (byte) 0xff, '}', '\n'});
    assertFails("corpus.jsonl, line 1: is not valid UTF-8 at byte 2 of the line");
  }

  @Test
  void namesBadJudgements() throws IOException {
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\thigh\n");
    assertFails("test.tsv, line 2, field 'score': should be a number, but is 'high'.");
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\n");
    assertFails("test.tsv, line 2: has 2 columns instead of 3 (query-id, corpus-id, score).");
    write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td1\t0\n");
    assertFails("test.tsv, line 3, field 'corpus-id': judges document 'd1' a second time");
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> BeirFolder.read(folder))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining(message);
  }

  @Test
  void skipsAndCountsWhereAsked() throws IOException {
    write(
        "corpus.jsonl",
        "{\"_id\": \"d1\", \"text\": \"x\"}\nnot json\n{\"_id\": \"d1\", \"text\": \"y\"}\nnor this\n");
    BadRows skipping = BadRows.skip();
    RetrievalDataset data = BeirFolder.read(folder, skipping);
    assertThat(data.corpus().size()).isEqualTo(1);
    assertThat(skipping.skippedRows()).isEqualTo(3);
    assertThat(skipping.skipped().getFirst().firstLines()).containsExactly(2L, 4L);
    assertThat(data.toString()).contains("1 judgements of split 'test' name no document");
  }

  @Test
  void readsTrecJudgements() throws IOException {
    write("trec.txt", "101 0 docA 2\n101 0 docB -1\n");
    assertThat(QrelsFile.read(folder.resolve("trec.txt")).of("101"))
        .containsEntry("docA", 2)
        .containsEntry("docB", -1);
  }

  @Test
  void saysWhereItLooked() {
    assertThatThrownBy(() -> Datasets.open("no-such-data"))
        .hasMessageContaining("no data set or folder 'no-such-data'")
        .hasMessageContaining("EMBEDLAB_DATASETS");
  }
}
