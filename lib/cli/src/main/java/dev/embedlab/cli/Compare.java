package dev.embedlab.cli;

import dev.embedlab.evaluate.Comparison;
import dev.embedlab.evaluate.PerQueryScores;
import dev.embedlab.evaluate.result.Leaderboard;
import dev.embedlab.evaluate.result.ResultStore;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.statistics.EffectSize;
import dev.embedlab.statistics.PairedTTest;
import dev.embedlab.statistics.PairedTest;
import dev.embedlab.statistics.RandomizationTest;
import dev.embedlab.statistics.RankIntervals;
import dev.embedlab.statistics.SampleSize;
import dev.embedlab.statistics.WilcoxonTest;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab compare}: a leaderboard of stored results, and which differences are real. */
@Command(
    name = "compare",
    description = "Ranks stored results and tests which differences are real.",
    mixinStandardHelpOptions = true)
final class Compare implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of results.")
  private List<Path> folders;

  @Option(names = "--metric", description = "Metric of the paired tests (default: the main one).")
  private String metric;

  @Option(
      names = "--test",
      defaultValue = "randomization",
      description = "Paired test: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Test test;

  @Override
  public Integer call() {
    List<ResultStore.Entry> entries = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException("%s is no folder of results.".formatted(folder));
      }
      List<ResultStore.Entry> found = new ResultStore(folder).read();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("%s holds no results.".formatted(folder));
      }
      entries.addAll(found);
    }
    PrintWriter print = spec.commandLine().getOut();
    List<ResultStore.Entry> told = toldApart(entries);
    print.println(Leaderboard.of(told));
    byTask(told).forEach((task, systems) -> test(task, systems, print));
    return 0;
  }

  /** The tests of {@code --test}. */
  private enum Test {
    RANDOMIZATION(RandomizationTest.standard()),
    T(new PairedTTest()),
    WILCOXON(new WilcoxonTest());

    private final PairedTest test;

    Test(PairedTest test) {
      this.test = test;
    }
  }

  private static String ranks(String metric, List<PerQueryScores> systems) {
    double[][] values = systems.stream().map(s -> s.values(metric)).toArray(double[][]::new);
    RankIntervals ranks = RankIntervals.of(values, Bootstrap.standard());
    return IntStream.range(0, systems.size())
        .mapToObj(
            i -> "%s %d-%d".formatted(systems.get(i).system(), ranks.best()[i], ranks.worst()[i]))
        .collect(Collectors.joining(", ", "ranks if the queries were drawn again: ", ""));
  }

  /** Models of one name in several folders carry the folder in their names. */
  private List<ResultStore.Entry> toldApart(List<ResultStore.Entry> entries) {
    Map<String, Set<Path>> homes = new HashMap<>();
    for (ResultStore.Entry entry : entries) {
      homes.computeIfAbsent(entry.model().name(), name -> new HashSet<>()).add(home(entry));
    }
    return entries.stream()
        .map(
            entry ->
                homes.get(entry.model().name()).size() == 1
                    ? entry
                    : new ResultStore.Entry(
                        entry.model().named(home(entry) + "/" + entry.model().name()),
                        entry.result(),
                        entry.file()))
        .toList();
  }

  private Path home(ResultStore.Entry entry) {
    return folders.stream().filter(entry.file()::startsWith).findFirst().orElseThrow();
  }

  /** Of every task, the systems whose per-query values were stored. */
  private static Map<String, List<PerQueryScores>> byTask(List<ResultStore.Entry> entries) {
    Map<String, List<PerQueryScores>> byTask = new LinkedHashMap<>();
    for (ResultStore.Entry entry : entries) {
      ResultStore.queries(entry)
          .ifPresent(
              scores ->
                  byTask
                      .computeIfAbsent(entry.result().task(), task -> new ArrayList<>())
                      .add(scores));
    }
    return byTask;
  }

  private void test(String task, List<PerQueryScores> systems, PrintWriter print) {
    if (systems.size() < 2) {
      return;
    }
    String tested = metric == null ? systems.getFirst().mainMetric() : metric;
    print.printf("%n%s%n%s%n", task, Comparison.of(tested, systems, test.test, 0.05));
    double[] a = systems.get(0).values(tested);
    double[] b = systems.get(1).values(tested);
    double difference = Math.abs(systems.get(0).mean(tested) - systems.get(1).mean(tested));
    print.println(ranks(tested, systems));
    print.printf(
        Locale.ROOT,
        "effect of %s over %s: d = %+.2f (%s)%n",
        systems.get(0).system(),
        systems.get(1).system(),
        EffectSize.of(a, b).value(),
        EffectSize.of(a, b).inWords());
    String advice = SampleSize.fromPilot(a, b).advice(a.length, difference);
    if (!advice.isEmpty()) {
      print.println(advice);
    }
  }
}
