package dev.embedlab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.encode.KeywordEncoder;
import dev.embedlab.metrics.RankingMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FusionTest {

  private static final Run KEYWORDS = run("a", 9f, "b", 5f, "c", 1f);
  private static final Run VECTORS = run("b", 0.9f, "d", 0.7f, "a", 0.1f);

  private static Run run(Object... hits) {
    List<String> ids = new java.util.ArrayList<>();
    float[] scores = new float[hits.length / 2];
    for (int i = 0; i < scores.length; i++) {
      ids.add((String) hits[2 * i]);
      scores[i] = (float) hits[2 * i + 1];
    }
    return new Run("r", Map.of("q", new Ranking(ids, scores)));
  }

  @Test
  void reciprocalRanksAreAddedUp() {
    Ranking fused = Fusion.reciprocalRank().fuse("f", List.of(KEYWORDS, VECTORS), 10).of("q");
    assertThat(fused.documentIds()).containsExactly("b", "a", "d", "c");
    assertThat((double) fused.score(0)).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-7));
    assertThat((double) fused.score(1)).isCloseTo(1 / 61.0 + 1 / 63.0, within(1e-7));
    assertThat((double) fused.score(2)).isCloseTo(1 / 62.0, within(1e-7));
  }

  @Test
  void minMaxScoresAreWeighted() {
    Ranking fused = Fusion.weighted(0.25, 0.75).fuse("f", List.of(KEYWORDS, VECTORS), 3).of("q");
    assertThat(fused.documentIds()).containsExactly("b", "d", "a");
    assertThat(Fusion.weighted(0.25, 0.75).name()).isEqualTo("min-max 0.25 + 0.75");
    assertThat((double) fused.score(0)).isCloseTo(0.25 * 0.5 + 0.75, within(1e-6));
    assertThat((double) fused.score(1)).isCloseTo(0.75 * 0.75, within(1e-6));
    assertThat((double) fused.score(2)).isCloseTo(0.25, within(1e-6));
  }

  @Test
  void anAbsentDocumentCountsAsTheLastByZScore() {
    Fusion fusion = new Fusion.WeightedSum(Fusion.Scale.Z_SCORE, List.of(1.0, 1.0));
    Ranking fused = fusion.fuse("f", List.of(KEYWORDS, VECTORS), 9).of("q");
    double sd = Math.sqrt(32 / 3.0);
    double other =
        Math.sqrt((0.3333333 * 0.3333333 + 0.1333333 * 0.1333333 + 0.4666667 * 0.4666667) / 3);
    assertThat(fused.documentIds().getFirst()).isEqualTo("b");
    assertThat((double) fused.score(3)).isCloseTo(-4 / sd - 0.4666667 / other, within(1e-5));
  }

  @Test
  void aQueryThatOneSystemCannotAnswerKeepsTheOther() {
    Run nothing = new Run("n", Map.of());
    for (Fusion fusion : List.of(Fusion.reciprocalRank(), Fusion.weighted(1, 1))) {
      assertThat(fusion.fuse("f", List.of(KEYWORDS, nothing), 9).of("q").documentIds())
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void theOnlyHitOfASystemCountsMoreThanNone() {
    Run one = run("z", 3f);
    for (Fusion.Scale scale : Fusion.Scale.values()) {
      Fusion fusion = new Fusion.WeightedSum(scale, List.of(0.2, 1.0));
      assertThat(fusion.fuse("f", List.of(KEYWORDS, one), 9).of("q").documentIds().getFirst())
          .isEqualTo("z");
    }
  }

  @Test
  void tuningFindsTheBetterSide() {
    Qrels dev = new Qrels(Map.of("q", Map.of("d", 1)));
    Fusion best =
        FusionTuning.best(
            KEYWORDS, VECTORS, dev, RankingMetrics.parse("mrr@10"), Fusion.Scale.MIN_MAX);
    assertThat(best.fuse("f", List.of(KEYWORDS, VECTORS), 9).of("q").documentIds().indexOf("d"))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Fusion.weighted(1).fuse("f", List.of(KEYWORDS, VECTORS), 9))
        .hasMessageContaining("2 runs but 1 weights");
    assertThatThrownBy(() -> Fusion.weighted(-1)).hasMessageContaining("0 or more");
    assertThatThrownBy(() -> new Fusion.ReciprocalRank(0)).hasMessageContaining("1 or more");
  }

  private static final Corpus CORPUS =
      new Corpus(
          List.of(
              new Document("d1", "", "cat cat cat"),
              new Document("d2", "", "cat dog"),
              new Document("d3", "", "fish")));
  private static final Queries QUERIES = new Queries(List.of(new Query("q", "cat or dog or bird")));

  /** Counts distinct words in common. */
  private static final PairScorer OVERLAP =
      PairScorer.of(
          "overlap",
          (query, document) ->
              java.util.Arrays.stream(query.split(" ")).filter(document::contains).count());

  @Test
  void rerankingReordersTheHeadOfTheFirstStage() {
    DenseRetriever first = DenseRetriever.of(new KeywordEncoder("cat", "bird"), CORPUS);
    try (RerankingRetriever both = new RerankingRetriever(first, OVERLAP, CORPUS, 2)) {
      assertThat(first.retrieve(QUERIES, 2).of("q").documentIds()).containsExactly("d1", "d2");
      Ranking ranking = both.retrieve(QUERIES, 9).of("q");
      assertThat(ranking.documentIds()).containsExactly("d2", "d1");
      assertThat(ranking.score(0)).isEqualTo(2);
      assertThat(both.name()).isEqualTo("keywords > overlap".replace("keywords", first.name()));
    }
  }

  @Test
  void aHybridAsksAllItsSystems() {
    DenseRetriever cats = DenseRetriever.of(new KeywordEncoder("cat"), CORPUS);
    DenseRetriever dogs = DenseRetriever.of(new KeywordEncoder("dog"), CORPUS);
    try (HybridRetriever hybrid =
        new HybridRetriever("h", List.of(cats, dogs), Fusion.weighted(1, 0.5), 100)) {
      Ranking found = hybrid.retrieve(QUERIES, 2).of("q");
      assertThat(found.documentIds()).containsExactly("d2", "d1");
      assertThat(found.score(0)).isEqualTo(1.5f);
      assertThat(found.score(1)).isEqualTo(1f);
    }
    assertThat(HybridRetriever.of(cats, dogs).retrieve(QUERIES, 3).of("q").size()).isEqualTo(3);
  }

  @Test
  void anEnsembleIsTheWeightedMeanOfCosines() {
    KeywordEncoder cats = new KeywordEncoder("cat", "fish");
    KeywordEncoder dogs = new KeywordEncoder("dog", "bird", "fish");
    try (EncoderEnsemble both = new EncoderEnsemble(List.of(cats, dogs), List.of(3.0, 1.0))) {
      float[][] v = both.encode(List.of("cat bird", "cat dog"));
      assertThat(v[0]).hasSize(5);
      double dot = 0;
      for (int i = 0; i < 5; i++) {
        dot += v[0][i] * v[1][i];
      }
      assertThat(dot).isCloseTo(0.75, within(1e-6));
    }
  }

  @Test
  void everyQueryTokenLooksForItsBestMatch() {
    List<String> words = List.of("cat", "dog", "fish", "bird", "or");
    TokenEncoder oneHot =
        TokenEncoder.of(
            "one-hot",
            text ->
                java.util.Arrays.stream(text.split(" "))
                    .map(
                        word -> {
                          float[] vector = new float[5];
                          vector[words.indexOf(word)] = 7; // scaled to 1
                          return vector;
                        })
                    .toArray(float[][]::new));
    assertThat(new MaxSim(oneHot).score("cat or dog", CORPUS.contents())).containsExactly(1, 2, 0);
    assertThat(MaxSim.score(new float[][] {{1}}, new float[0][])).isZero();
  }
}
