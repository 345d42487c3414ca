package dev.embedlab.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Bm25Test {

  private static final Corpus PETS =
      new Corpus(
          List.of(
              new Document("d1", "Cats", "The cat's tail and the cats running"),
              new Document("d2", "", "dogs run"),
              new Document("d3", "", "dogs run"),
              new Document("d4", "Fish", "")));

  private static Ranking search(Bm25 bm25, String text, int k) {
    return bm25.retrieve(new Queries(List.of(new Query("q", text))), k).of("q");
  }

  @Test
  void analysesEnglishAsAnseriniDoes() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      assertThat(bm25.terms("The cat's relational dogs are not RUNNING!"))
          .containsExactly("cat", "relat", "dog", "run");
    }
  }

  @Test
  void scoresByTheFormula() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      // d1 has the terms cat cat tail cat run: tf 3, length 5; average length (5 + 2 + 2 + 1) / 4.
      double idf = Math.log(1 + (4 - 1 + 0.5) / (1 + 0.5));
      double norm = 0.9 * (1 - 0.4 + 0.4 * 5 / 2.5);
      Ranking ranking = search(bm25, "cat", 10);
      assertThat(ranking.documentIds()).containsExactly("d1");
      assertThat((double) ranking.score(0)).isCloseTo(idf * 3 / (3 + norm), within(1e-6));
    }
  }

  @Test
  void aRepeatedQueryTermCountsAsOftenAsItStandsThere() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      assertThat(search(bm25, "tail tail", 1).score(0))
          .isCloseTo(2 * search(bm25, "tail", 1).score(0), within(1e-6f));
    }
  }

  @Test
  void theExplanationAddsUpToTheScore() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      float score = search(bm25, "run dogs", 1).score(0);
      assertThat(bm25.explain("run dogs", "d2")).startsWith(Float.toString(score));
    }
  }

  @Test
  void equalScoresStandInTheOrderOfTheCorpus() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      assertThat(search(bm25, "dog", 10).documentIds()).containsExactly("d2", "d3");
    }
  }

  @Test
  void aQueryWithoutTermsFindsNothing() {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      assertThat(search(bm25, "the of ?!", 10).size()).isZero();
      assertThat(search(bm25, "", 10).size()).isZero();
    }
  }

  @Test
  void aWholeDocumentMayBeTheQuery() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append(" term").append(i);
    }
    try (Bm25 bm25 = Bm25.of(PETS)) {
      assertThat(search(bm25, text + " fish", 1).documentIds()).containsExactly("d4");
    }
  }

  @Test
  void isWrittenOpenedChangedAndOpenedAgain(@TempDir Path folder) {
    try (Bm25 written = Bm25.create(folder, PETS, Bm25Options.DEFAULT.withAnalyzer("standard"))) {
      assertThat(search(written, "dogs", 9).documentIds()).containsExactly("d2", "d3");
    }
    try (Bm25 opened = Bm25.open(folder, 1.2f, 0.75f)) {
      assertThat(opened.options()).isEqualTo(new Bm25Options(1.2f, 0.75f, "standard"));
      opened.delete(List.of("d2"));
      opened.add(List.of(new Document("d5", "", "dogs"), new Document("d3", "", "cat")));
      assertThat(opened.size()).isEqualTo(4);
      assertThat(search(opened, "dogs", 9).documentIds()).containsExactly("d5");
    }
    try (Bm25 again = Bm25.open(folder, 0.9f, 0.4f)) {
      assertThat(search(again, "cat", 9).documentIds()).containsExactly("d3");
      assertThatThrownBy(() -> again.explain("cat", "d2")).hasMessageContaining("no document 'd2'");
    }
    assertThatThrownBy(() -> Bm25.create(folder, PETS, Bm25Options.DEFAULT))
        .hasMessageContaining("already holds an index");
  }

  @Test
  void isSearchedWhileItChanges() throws Exception {
    try (Bm25 bm25 = Bm25.of(PETS)) {
      int before = bm25.size();
      Overlap.of(
          () -> search(bm25, "dogs cat fish", 9),
          round -> {
            bm25.add(List.of(new Document("new" + round, "", "dogs and cats " + round)));
            bm25.delete(List.of("new" + (round - 1)));
          });
      assertThat(bm25.size()).isEqualTo(before + 1);
    }
  }

  @Test
  void aDamagedIndexIsRefused(@TempDir Path folder) throws IOException {
    Bm25.create(folder, PETS, Bm25Options.DEFAULT).close();
    List<Path> damaged;
    try (var files = Files.list(folder)) {
      damaged = files.filter(file -> !file.endsWith("write.lock")).toList();
    }
    for (Path file : damaged) {
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> Bm25.open(folder, 0.9f, 0.4f))
          .as(file.toString())
          .hasMessageContaining("build it again");
      Files.write(file, good);
    }
    assertThatThrownBy(() -> Bm25.open(folder.resolve("none"), 0.9f, 0.4f))
        .hasMessageContaining("holds no BM25 index");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> Bm25Options.DEFAULT.withK1(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> Bm25Options.DEFAULT.withB(Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Bm25Options.DEFAULT.withAnalyzer("klingon"))
        .hasMessageContaining("no analyzer 'klingon'")
        .hasMessageContaining("korean");
  }

  @Test
  void everyNamedAnalyzerFindsAWordInItsOwnText() {
    for (String name : Analyzers.names()) {
      try (Bm25 bm25 = Bm25.of(PETS, Bm25Options.DEFAULT.withAnalyzer(name))) {
        String text = name.equals("keyword") ? "dogs run" : "dogs";
        assertThat(search(bm25, text, 9).documentIds()).as(name).containsExactly("d2", "d3");
      }
    }
    assertThat(
            Analyzers.named(
                "org.apache.lucene.analysis.core.StopAnalyzer".replace("Stop", "Simple")))
        .isNotNull();
  }

  @Test
  void koreanWordsMatchWhateverParticleTheyCarry() {
    Corpus corpus = new Corpus(List.of(new Document("d", "", "환불은 배송비를 제외하고 처리됩니다")));
    try (Bm25 nori = Bm25.of(corpus, Bm25Options.DEFAULT.withAnalyzer("korean"));
        Bm25 standard = Bm25.of(corpus, Bm25Options.DEFAULT.withAnalyzer("standard"))) {
      assertThat(search(nori, "환불이 되나요", 1).size()).isOne();
      assertThat(search(standard, "환불이 되나요", 1).size()).isZero();
    }
  }
}
