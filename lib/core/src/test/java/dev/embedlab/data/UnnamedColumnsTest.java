package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.TableLayout.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose names, columns or languages must be guessed or said. */
class UnnamedColumnsTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aFirstLineWithANumberIsARow() throws IOException {
    Path file = write("a.csv", "news,A girl sings.,A girl is singing.,4.5\nnews,b,c,0.5\n");
    TextFile.Read<ScoredPair> read = TextFile.of(file).scoredPairs();
    assertThat(read.rows().getFirst())
        .isEqualTo(new ScoredPair("A girl sings.", "A girl is singing.", 4.5));
    assertThat(read.columns())
        .containsEntry("first", "column 2")
        .containsEntry("score", "column 4");
    assertThat(read.rows()).hasSize(2);
  }

  @Test
  void aFirstLineWithASentenceIsARow() throws IOException {
    Path file = write("a.tsv", "card_arrival\tWhere is my new card?\nlost\tIt is gone\n");
    assertThat(TextFile.of(file).labelledTexts().rows())
        .containsExactly(
            new LabelledText("Where is my new card?", "card_arrival"),
            new LabelledText("It is gone", "lost"));
  }

  @Test
  void theHeaderCanBeSaid() throws IOException {
    Path file = write("a.csv", "alpha,beta\ngamma,delta\n");
    assertThat(TextFile.of(file).pairs().rows()).hasSize(1);
    TextFile none = TextFile.of(file).withHeader(Header.NONE);
    assertThat(none.pairs().rows())
        .containsExactly(new TextPair("alpha", "beta"), new TextPair("gamma", "delta"));
    assertThat(none.with("first", "2").pairs().rows().getFirst())
        .isEqualTo(new TextPair("beta", "alpha"));
    Path question = write("b.csv", "How do you like it?,1\nfine,2\n");
    assertThat(TextFile.of(question).withHeader(Header.FIRST_LINE).columnNames())
        .containsExactly("How do you like it?", "1");
    assertThatThrownBy(() -> TextFile.of(question).scoredPairs())
        .hasMessageContaining("the 2 columns do not tell which is 'second'")
        .hasMessageContaining("with(\"second\", \"1\")");
  }

  @Test
  void aColumnOfLanguagesIsFiltered() throws IOException {
    write(
        "test.jsonl",
        "{\"text\":\"a\",\"label\":1,\"lang\":\"en\"}\n"
            + "{\"text\":\"b\",\"label\":1,\"lang\":\"ko\"}\n");
    assertThat(TextFile.in(folder, "ko", "test").labelledTexts().rows())
        .containsExactly(new LabelledText("b", "1"));
    write("test.jsonl", "{\"text\":\"a\",\"label\":1}\n");
    assertThatThrownBy(() -> TextFile.in(folder, "ko", "test").labelledTexts())
        .hasMessageContaining("has the subsets [default]; say which one");
  }

  @Test
  void jsonArraysNameTheLineOfABadRow() throws IOException {
    Path file = write("a.json", "[\n{\"text\":\"a\",\"label\":1},\n7,\n{\"text\":\"b\"}\n]\n");
    assertThatThrownBy(() -> TextFile.of(file).labelledTexts())
        .hasMessage("a.json, line 3: is not a JSON object.");
    TextFile.Read<LabelledText> read = TextFile.of(file).skippingBadRows().labelledTexts();
    assertThat(read.rows()).hasSize(1);
    assertThat(read.skipped())
        .extracting(BadRows.Skipped::firstLines)
        .containsExactly(List.of(3L), List.of(4L));
    Path open = write("open.json", "[{\"text\":\"a\",\"label\":1}\n");
    assertThatThrownBy(() -> TextFile.of(open).labelledTexts()).hasMessageContaining("open.json");
    Path more = write("more.json", "[{\"text\":\"a\",\"label\":1}] 5\n");
    assertThatThrownBy(() -> TextFile.of(more).labelledTexts())
        .hasMessageContaining("one array of objects and nothing else");
    Path lines = write("lines.json", "\n{\"text\":\"a\",\"label\":1}\n");
    assertThat(TextFile.of(lines).labelledTexts().rows()).hasSize(1);
  }

  @Test
  void setsAreJoinedAndEveryTextTakenOnce() throws IOException {
    Path file =
        write(
            "a.jsonl",
            "{\"sentences\":[\"a\",\"b\"],\"labels\":[\"x\",\"y\"]}\n"
                + "{\"sentences\":[\"b\",\"c\"],\"labels\":[\"y\",\"x\"]}\n");
    assertThat(TextFile.of(file).labelledTexts().rows())
        .extracting(LabelledText::text)
        .containsExactly("a", "b", "c");
  }

  @Test
  void languagesShareWhatTheyLack() throws IOException {
    for (String kind : List.of("corpus", "de-queries", "de", "fr-queries", "fr-qrels")) {
      Files.createDirectories(folder.resolve(kind));
      boolean judged = kind.equals("de") || kind.endsWith("qrels");
      write(
          kind + "/test.jsonl",
          judged
              ? "{\"query-id\":1,\"corpus-id\":1,\"score\":1}\n"
              : "{\"_id\":1,\"text\":\"" + kind + "\"}\n");
    }
    assertThat(HuggingFaceFolder.subsets(folder)).contains("de", "fr");
    RetrievalDataset french = HuggingFaceFolder.read(folder, "fr", BadRows.fail());
    assertThat(french.corpus().contents()).containsExactly("corpus");
    assertThat(french.queries("test").texts()).containsExactly("fr-queries");
  }

  @Test
  void judgementsMayBeRepeatedButNotContradicted() throws IOException {
    String head = "query-id\tcorpus-id\tscore\nq\td\t1\n";
    assertThat(QrelsFile.read(write("same.tsv", head + "q\td\t1\n")).size()).isEqualTo(1);
    assertThatThrownBy(() -> QrelsFile.read(write("other.tsv", head + "q\td\t2\n")))
        .hasMessageContaining("line 3, field 'corpus-id': judges document 'd' a second time")
        .hasMessageContaining("as 2 instead of 1");
  }
}
