package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectTest {

  private static final Path MODEL =
      Path.of(
          System.getProperty("embedlab.root"),
          "lib/models/src/test/resources/fixtures/static-embedding");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeData() throws IOException {
    write("en", "the quick brown fox number ");
    write("xx", "el zorro marron rapido numero ");
  }

  /** Twelve documents, the last of which repeats the first but for its case. */
  private void write(String name, String words) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name + "/qrels")).getParent();
    StringBuilder corpus = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      String text = i == 11 ? (words + 0).toUpperCase(java.util.Locale.ROOT) : words + i;
      corpus.append("{\"_id\":\"d%d\",\"text\":\"%s\"}%n".formatted(i, text));
    }
    Files.writeString(data.resolve("corpus.jsonl"), corpus);
    Files.writeString(
        data.resolve("queries.jsonl"),
        """
        {"_id":"q1","text":"Which fox is number 0?"}
        {"_id":"q2","text":"which fox is number 0"}
        {"_id":"q3","text":"where is number 3"}
        """);
    Files.writeString(
        data.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td0\t1\nq3\td3\t1\n");
    Files.writeString(data.resolve("qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq2\td0\t1\n");
  }

  private String inspect(String... more) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[more.length + 3];
    arguments[0] = "inspect";
    arguments[1] = "--data";
    arguments[2] = folder.resolve("en").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    assertThat(line.execute(arguments)).as("%s", err).isZero();
    return out.toString();
  }

  @Test
  void dataAloneShowLeaksTwinsAndMissingJudgements() {
    assertThat(inspect())
        .contains("queries of 'train': 1 of 2 test texts were seen in training (50.0 %)")
        .contains("NORMALISED: which fox is number 0 | Which fox is number 0?")
        .contains("documents nearly repeat another")
        .contains("query q1: d11 repeats d0 (1.00)")
        .doesNotContain("worst queries");
  }

  @Test
  void aModelIsAskedWhatItFailsOn() throws IOException {
    Files.writeString(
        folder.resolve("said.csv"),
        "first,second\nwhere is number 3,tell me the place of the third\n");
    Files.writeString(folder.resolve("labels.csv"), "text,label\nfox a,x\nfox b,x\ncar a,y\n");
    String report =
        inspect(
            "--model",
            MODEL.toString(),
            "--paraphrases",
            folder.resolve("said.csv").toString(),
            "--other",
            folder.resolve("xx").toString(),
            "--labels",
            folder.resolve("labels.csv").toString());
    assertThat(report)
        .contains("worst queries:")
        .contains("wanted")
        .contains("separation")
        .contains("vector space: mean cosine")
        .contains("typos: cosine", "upper case: cosine", "spacing: cosine", "paraphrase: cosine")
        .contains("documents: translation found")
        .contains("en > xx")
        .contains("share of 2 neighbours with the same label");
  }

  @Test
  void keywordSearchHasNoVectors() {
    assertThat(inspect("--model", "bm25", "--worst", "1"))
        .contains("worst queries:")
        .contains("no vector space, stability or alignment");
  }
}
