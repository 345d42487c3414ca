package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.Matryoshka;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.optimize.AdamW;
import dev.embedlab.train.optimize.Schedule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTest {

  @TempDir Path folder;

  @Test
  void aKilledRunEndsAsOneThatWasNot() throws Exception {
    String whole = run("static", "whole", Integer.MAX_VALUE).getLast();
    assertThat(whole).startsWith("weights ");

    List<String> first = run("static", "killed", 40);
    assertThat(first.getLast()).startsWith("step");
    List<String> second = run("static", "killed", 70);
    assertThat(second.getFirst()).isEqualTo("step 39");
    String last = run("static", "killed", Integer.MAX_VALUE).getLast();
    assertThat(last).isEqualTo(whole);
  }

  /** Of 20 steps of pretraining and 10 of fine-tuning, with dropout. */
  @Test
  void aTransformerKilledInPretrainingAndInFineTuningEndsAsOneThatWasNot() throws Exception {
    String whole = run("transformer", "whole", Integer.MAX_VALUE).getLast();
    assertThat(whole).startsWith("weights ");

    assertThat(run("transformer", "killed", 11).getLast()).isEqualTo("step 11");
    List<String> second = run("transformer", "killed", 28);
    assertThat(second.getFirst()).isEqualTo("step 9");
    assertThat(second.getLast()).isEqualTo("step 28");
    List<String> last = run("transformer", "killed", Integer.MAX_VALUE);
    assertThat(last.getLast()).isEqualTo(whole);
  }

  /**
   * SIGTERM comes while a step runs, at another place of it each time, in pretraining (steps 1 to
   * 20) and in fine-tuning (10 more). Before step 20 and after it nothing else saves.
   */
  @Test
  void aProcessToldToEndFinishesItsStepAndSavesIt() throws Exception {
    List<String> whole = run("wide", "whole", Integer.MAX_VALUE);
    assertThat(whole.getLast()).startsWith("weights ");
    int seen = 0;
    int[] steps = {2, 5, 9, 14, 22, 26};
    for (int i = 0; i < steps.length; i++) {
      Process process = start("wide", "told", Integer.MAX_VALUE);
      List<String> lines = read(process, steps[i]);
      Thread.sleep(5 + 13L * i);
      process.toHandle().destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("128 + SIGTERM").isEqualTo(128 + 15);
      // It takes up where the last was seen to be; fine-tuning says so after the end of
      // pretraining.
      int resumed = number(lines.get(steps[i] > 20 ? 1 : 0));
      assertThat(resumed).isBetween(seen, steps[i]);
      seen = steps[i];
    }
    assertThat(run("wide", "told", Integer.MAX_VALUE).getLast()).isEqualTo(whole.getLast());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("whole", "told");
    }
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring("step ".length()));
  }

  /** Lines printed until the end, or until {@code kill -9} after the given step. */
  private List<String> run(String kind, String name, int killAfter)
      throws IOException, InterruptedException {
    Process process = start(kind, name, killAfter);
    List<String> lines = read(process, killAfter);
    process.destroyForcibly();
    process.waitFor();
    return lines;
  }

  /** Works in the folder of the test, where a crash would leave its log. */
  private Process start(String kind, String name, int waitAt) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ResumableRun.class.getName(),
            kind,
            folder.resolve(name).toString(),
            Integer.toString(waitAt))
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Lines printed until the end, or until that of a step. */
  private static List<String> read(Process process, int until) throws IOException {
    List<String> lines = new ArrayList<>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.equals("step " + until)) {
        break;
      }
    }
    return lines;
  }

  @Test
  void aTornCheckpointIsNotTaken() throws IOException {
    Path half = Files.createDirectories(folder.resolve("part-123"));
    Files.writeString(half.resolve("state.json"), "{\"step\": 9");
    assertThat(TrainingState.load(folder, "settings")).isEmpty();
  }

  @Test
  void refusesTheCheckpointOfAnotherRun() {
    train(Trainer.builder().seed(1));
    assertThatThrownBy(() -> train(Trainer.builder().seed(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was made by a run with other settings or data (seed=1; batches=")
        .hasMessageContaining("go back to the old settings to resume it, or name another folder");
  }

  static Stream<UnaryOperator<Trainer.Builder>> changes() {
    return Stream.of(
        builder -> builder.schedule(Schedule.cosine(0.1)),
        builder -> builder.schedule(Schedule.linear(0.2)),
        builder -> builder.adam(new AdamW.Settings(0.9, 0.99, 1e-8)),
        builder -> builder.prompts("7 "),
        builder -> builder.sampler(BatchSampler.shuffled()),
        builder -> builder.loss(new MultipleNegativesRanking(30, false)),
        builder -> builder.loss(new Matryoshka(new MultipleNegativesRanking(), List.of(8))),
        builder -> builder.rules(WeightRule.decay(0.01)),
        builder -> builder.mixing(TrainingTask.Mixing.ROUND_ROBIN),
        builder -> builder.evaluate(new Evaluation("none", model -> Double.NaN), 3));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesAChangedRun(UnaryOperator<Trainer.Builder> change) {
    train(change.apply(Trainer.builder()));
    assertThat(train(change.apply(Trainer.builder())).losses()).hasSize(6);
    assertThatThrownBy(() -> train(Trainer.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was made by a run with other settings or data");
  }

  @Test
  void lambdasAreDescribedAlikeInEveryProcess() {
    Loss lambda = batch -> batch.anchors().sum();
    assertThat(StableText.of(new Matryoshka(lambda, List.of(8, 4))))
        .isEqualTo("Matryoshka[inner=lambda, dimensions=[8, 4]]");
  }

  @Test
  void keepsOneCheckpoint() throws IOException {
    train(Trainer.builder());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString())).containsExactly("step-000000006");
    }
  }

  @Test
  void leavesWhatIsNotItsOwn() throws IOException {
    for (String name : List.of("model", "step-by-step", "part-one", "runs/step-000000001")) {
      Path other = Files.createDirectories(folder.resolve(name));
      Files.writeString(other.resolve("kept.txt"), name);
    }
    Files.writeString(folder.resolve("notes.txt"), "kept");
    Path torn = Files.createDirectories(folder.resolve("part-123"));
    Files.writeString(torn.resolve("state.json"), "{");
    train(Trainer.builder());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "model", "step-by-step", "part-one", "runs", "notes.txt", "step-000000006");
    }
    for (String name : List.of("model", "step-by-step", "part-one", "runs/step-000000001")) {
      assertThat(folder.resolve(name).resolve("kept.txt")).hasContent(name);
    }
    assertThat(train(Trainer.builder()).losses()).hasSize(6);
  }

  @Test
  void anInterruptedRunSavesAndSaysSo() {
    Thread.currentThread().interrupt();
    TrainingHistory history = train(Trainer.builder());
    assertThat(history.outcome()).isEqualTo(TrainingHistory.Outcome.INTERRUPTED);
    assertThat(history.losses()).hasSize(1);
    TrainingHistory resumed = train(Trainer.builder());
    assertThat(resumed.outcome()).isEqualTo(TrainingHistory.Outcome.FINISHED);
    assertThat(resumed.losses().getFirst()).isEqualTo(history.losses().getFirst());
  }

  private TrainingHistory train(Trainer.Builder builder) {
    try (var encoder =
        new TrainableStaticEmbedding(Synonyms.randomTable(1), Synonyms.tokenizer())) {
      return builder.checkpoints(folder, 2).build().train(encoder, Synonyms.pairs(192));
    }
  }
}
