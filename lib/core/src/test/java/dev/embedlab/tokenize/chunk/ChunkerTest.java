package dev.embedlab.tokenize.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.tokenize.Golden;
import dev.embedlab.tokenize.Tokenizer;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkerTest {

  private static final Tokenizer BERT =
      TokenizerTrainer.bert(800)
          .train(
              Stream.concat(
                  Golden.read("english").texts().stream(), Golden.read("korean").texts().stream()));
  private static final TokenBudget BUDGET = new TokenBudget(BERT, 24);

  static Stream<Chunker> chunkers() {
    return Stream.of(
        new TokenWindow(BUDGET, 0),
        new TokenWindow(BUDGET, 6),
        new SentenceChunker(BUDGET, 0, Locale.ENGLISH),
        new SentenceChunker(BUDGET, 1, Locale.KOREAN),
        new RecursiveChunker(BUDGET, Locale.ENGLISH));
  }

  static List<Document> documents() {
    return List.of(
        document("english", String.join(" ", Golden.read("english").texts().subList(0, 20))),
        document("korean", String.join("\n\n", Golden.read("korean").texts().subList(0, 20))),
        document("emoji", String.join(" ", Golden.read("emoji").texts().subList(0, 30))),
        document("code", String.join("\n", Golden.read("code").texts().subList(0, 20))),
        document("one word", "a".repeat(500)),
        document("blank", " \n\t "),
        document("empty", ""),
        document("headings", "# One\nFirst. Second.\n\n# Two\n" + "word ".repeat(60)));
  }

  private static Document document(String id, String text) {
    return new Document(id, "", text);
  }

  /**
   * Every chunk fits, offsets ascend, and every character that is not white space is in some chunk.
   */
  @ParameterizedTest
  @MethodSource("chunkers")
  void chunksFitAndCoverTheText(Chunker chunker) {
    for (Document document : documents()) {
      List<Chunk> chunks = chunker.chunk(document);
      boolean[] covered = new boolean[document.text().length()];
      int last = 0;
      for (Chunk chunk : chunks) {
        assertThat(BUDGET.count(chunk.text()))
            .as("%s %s", document.id(), chunk)
            .isLessThanOrEqualTo(24);
        assertThat(chunk.end()).isGreaterThanOrEqualTo(last);
        java.util.Arrays.fill(covered, chunk.start(), chunk.end(), true);
        last = chunk.end();
      }
      for (int i = 0; i < covered.length; i++) {
        // Characters the normalizer drops are no piece and may lie between windows.
        if (Character.isLetterOrDigit(document.text().charAt(i))) {
          assertThat(covered[i]).as("%s at %d", document.id(), i).isTrue();
        }
      }
    }
  }

  @Test
  void windowsOverlap() {
    Document document = documents().getFirst();
    List<Chunk> chunks = new TokenWindow(BUDGET, 8).chunk(document);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).start()).isLessThan(chunks.get(i - 1).end());
    }
    assertThat(chunks.size()).isGreaterThan(new TokenWindow(BUDGET, 0).chunk(document).size());
  }

  @Test
  void sentencesStayWhole() {
    Document document = document("d", "One two. Three four! Five?");
    int longest = new TokenBudget(BERT, 100).count("Three four!");
    assertThat(
            new SentenceChunker(new TokenBudget(BERT, longest), 0, Locale.ENGLISH).chunk(document))
        .extracting(Chunk::text)
        .containsExactly("One two.", "Three four!", "Five?");
  }

  @Test
  void chunksNeverCrossAHeading() {
    List<Chunk> chunks = new RecursiveChunker(BUDGET, Locale.ENGLISH).chunk(documents().getLast());
    assertThat(chunks.getFirst().text()).startsWith("# One").doesNotContain("# Two");
    assertThat(chunks.get(1).text()).startsWith("# Two");
  }

  @Test
  void scoresFoldBackToDocuments() {
    Ranking ranking =
        new Ranking(List.of("a#1", "b#0", "b#7", "a#0"), new float[] {0.9f, 0.8f, 0.7f, 0.1f});
    Run run = new Run("chunks", Map.of("q", ranking));
    Ranking maximum = ChunkedCorpus.foldByMaximum(run).of("q");
    assertThat(maximum.documentIds()).containsExactly("a", "b");
    assertThat(maximum.score(0)).isEqualTo(0.9f);
    Ranking mean = ChunkedCorpus.foldByMeanOfTop(run, 2).of("q");
    assertThat(mean.documentIds()).containsExactly("b", "a");
    assertThat(mean.score(0)).isEqualTo(0.75f);
  }

  @Test
  void chunksKeepIdTitleAndOffsets() {
    Corpus corpus =
        new Corpus(List.of(new Document("d", "Title", "One two. " + "x y. ".repeat(30))));
    ChunkedCorpus chunked =
        ChunkedCorpus.of(corpus, new SentenceChunker(BUDGET, 0, Locale.ENGLISH));
    Chunk second = chunked.chunks().get(1);
    assertThat(second.id()).isEqualTo("d#1");
    assertThat(chunked.corpus().get(1).title()).isEqualTo("Title");
    assertThat(corpus.get(0).text().substring(second.start(), second.end()))
        .isEqualTo(chunked.corpus().get(1).text());
  }

  @Test
  void impossibleSizesAreExplained() {
    assertThatThrownBy(() -> new TokenBudget(BERT, 2))
        .hasMessageContaining("2 pieces leaves no room beside 2 special tokens");
    assertThatThrownBy(() -> new TokenWindow(BUDGET, 22)).hasMessageContaining("overlap of 22");
  }
}
