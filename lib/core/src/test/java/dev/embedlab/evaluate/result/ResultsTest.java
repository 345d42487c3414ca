package dev.embedlab.evaluate.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.evaluate.PerQueryScores;
import dev.embedlab.evaluate.task.TaskScores;
import dev.embedlab.evaluate.task.TaskType;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  @TempDir Path folder;

  private static MtebResult result(String task, double score) {
    Map<String, Object> scores = new LinkedHashMap<>();
    scores.put("accuracy", score);
    scores.put("nauc", Double.NaN);
    scores.put("scores_per_experiment", List.of(Map.of("accuracy", score)));
    TaskScores made =
        new TaskScores(
            task,
            TaskType.CLASSIFICATION,
            "accuracy",
            new Interval(score, score - 0.1, score + 0.1, 0.95),
            scores);
    return MtebResult.of(made, "test", "default", List.of("eng-Latn"), "abc", 1.5);
  }

  @Test
  void filesHaveTheFieldsThatMtebReads() throws IOException {
    Path file =
        new ResultStore(folder)
            .add(new ModelCard("org/name", "r1", 384, 22_000_000, 0), result("T", 0.1234567));
    assertThat(folder.relativize(file)).isEqualTo(Path.of("org__name/r1/T.json"));
    String json = Files.readString(file);
    assertThat(json)
        .contains("\"dataset_revision\" : \"abc\"")
        .contains("\"task_name\" : \"T\"")
        .contains("\"main_score\" : 0.123457")
        .contains("\"hf_subset\" : \"default\"")
        .contains("\"languages\" : [ \"eng-Latn\" ]")
        .contains("\"evaluation_time\" : 1.5")
        .contains("\"nauc\" : NaN");
    MtebResult read = MtebResult.read(file);
    assertThat(read.mainScore()).hasValue(0.123457);
    assertThat(read.task()).isEqualTo("T");
  }

  @Test
  void nothingIsOverwritten() {
    ResultStore store = new ResultStore(folder);
    store.add(new ModelCard("m"), result("T", 0.1));
    store.add(new ModelCard("m"), result("T", 0.2));
    Path home = folder.resolve("m").resolve(ModelCard.NO_REVISION);
    assertThat(MtebResult.read(home.resolve("T.json")).mainScore()).hasValue(0.2);
    assertThat(MtebResult.read(home.resolve("history/1-T.json")).mainScore()).hasValue(0.1);
    assertThat(store.read()).hasSize(1);
  }

  @Test
  void queryValuesComeBack() {
    ResultStore store = new ResultStore(folder);
    PerQueryScores scores =
        PerQueryScores.of(
            "m",
            List.of("q1", "q2"),
            Map.of("ndcg@10", new double[] {0.25, 1}),
            Bootstrap.standard());
    store.add(new ModelCard("m"), result("T", 0.1), scores);
    PerQueryScores read = ResultStore.queries(store.read().getFirst()).orElseThrow();
    assertThat(read.queryIds()).containsExactly("q1", "q2");
    assertThat(read.values("ndcg@10")).containsExactly(0.25, 1);
  }

  @Test
  void oldFilesAreReadToo() throws IOException {
    Path file = folder.resolve("Old.json");
    Files.writeString(
        file,
        "{\"mteb_dataset_name\":\"Old\",\"mteb_version\":\"1.6\",\"test\":{\"cos_sim\":"
            + "{\"pearson\":0.3,\"spearman\":0.4},\"evaluation_time\":1}}");
    assertThat(MtebResult.read(file).mainScore()).hasValue(0.4);
    Files.writeString(
        file,
        "{\"mteb_dataset_name\":\"Old\",\"test\":{\"en\":{\"accuracy\":0.2},\"ko\":{\"accuracy\":0.4}}}");
    assertThat(MtebResult.read(file).mainScore().orElseThrow()).isEqualTo(0.3, within(1e-12));
  }

  @Test
  void strangeFilesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), "{\"a\":1}");
    assertThatThrownBy(() -> MtebResult.read(file))
        .hasMessageContaining("x.json is no result file: it has neither 'scores'");
    Files.writeString(file, "{\"scores\": 5}");
    assertThatThrownBy(() -> MtebResult.read(file)).hasMessageContaining("should be an object");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> MtebResult.read(file)).hasMessageContaining("no result file");
  }

  private static MtebResult of(String task, double main, String... scores) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("main_score", main));
    for (String score : scores) {
      all.put(score, main);
    }
    return new MtebResult(task, "abc", "2.0.0", Map.of("test", List.of(all)), 1);
  }

  @Test
  void typesOfTasksAreToldFromTheirScores() {
    ResultStore store = new ResultStore(folder);
    ModelCard card = new ModelCard("m", "r", 8, 1000, 1234);
    store.add(card, of("C1", 0.2, "accuracy", "f1", "recall_weighted", "scores_per_experiment"));
    store.add(card, of("C2", 0.4, "accuracy", "f1", "recall_weighted", "scores_per_experiment"));
    store.add(card, of("S", 0.9, "cosine_spearman", "pearson"));
    Leaderboard board = Leaderboard.of(store);
    Leaderboard.Line line = board.lines().getFirst();
    assertThat(line.meanOverTasks()).isEqualTo(0.5, within(1e-12));
    assertThat(line.meanOverTypes()).isEqualTo((0.3 + 0.9) / 2, within(1e-12));
    assertThat(board.toString()).contains("texts/s").contains("1,234");
    assertThat(TaskTypeOf.of(of("R", 0.5, "ndcg_at_10", "map_at_1000")))
        .contains(TaskType.RETRIEVAL);
    Map<String, Object> reranked =
        Map.of("main_score", 0.5, "map_at_1000", 0.5, "ndcg_at_10", 0.6, "languages", List.of());
    assertThat(
            TaskTypeOf.of(
                new MtebResult("K", "abc", "2.0.0", Map.of("test", List.of(reranked)), 1)))
        .contains(TaskType.RERANKING);
    assertThat(TaskTypeOf.of(of("other", 0.5))).isEmpty();
  }

  @Test
  void bordaRanksByWinsOverTasks() {
    ResultStore store = new ResultStore(folder);
    store.add(new ModelCard("a"), result("T1", 0.9));
    store.add(new ModelCard("a"), result("T2", 0.5));
    store.add(new ModelCard("b"), result("T1", 0.8));
    store.add(new ModelCard("b"), result("T2", 0.5));
    store.add(new ModelCard("c"), result("T1", 0.1));
    Leaderboard board = Leaderboard.of(store);
    assertThat(board.tasks()).containsExactly("T1", "T2");
    Leaderboard.Line first = board.lines().getFirst();
    assertThat(first.model().name()).isEqualTo("a");
    assertThat(first.borda()).isEqualTo(2 + 1.5);
    assertThat(board.lines().get(1).borda()).isEqualTo(1 + 1.5);
    assertThat(board.lines().get(2).borda()).isZero();
    assertThat(first.meanOverTasks()).isEqualTo(0.7, within(1e-12));
    assertThat(board.toString()).contains("rank").contains("T2").contains("0.9000");
  }
}
