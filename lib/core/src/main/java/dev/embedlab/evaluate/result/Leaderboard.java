package dev.embedlab.evaluate.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Models by tasks, ranked by Borda count as MTEB's leaderboard: on every task a model gets a point
 * for each model it is better than, half a point for equal ones; the points are added up. A missing
 * score counts as the lowest.
 */
public final class Leaderboard {

  private final List<String> tasks;
  private final List<Line> lines;

  private Leaderboard(List<String> tasks, List<Line> lines) {
    this.tasks = tasks;
    this.lines = lines;
  }

  /**
   * One model.
   *
   * @param rank by Borda count, from 1; equal counts share a rank
   * @param model card
   * @param borda points
   * @param meanOverTasks of the main scores it has
   * @param meanOverTypes mean of the means of its task types
   * @param scores task to main score
   */
  public record Line(
      int rank,
      ModelCard model,
      double borda,
      double meanOverTasks,
      double meanOverTypes,
      Map<String, Double> scores) {}

  /** Over all results of a store; see {@link #of(List)}. */
  public static Leaderboard of(ResultStore store) {
    return of(store.read());
  }

  /** The types of tasks are told from their scores; a task whose scores tell none is one itself. */
  public static Leaderboard of(List<ResultStore.Entry> entries) {
    Map<String, String> types = new TreeMap<>();
    for (ResultStore.Entry entry : entries) {
      TaskTypeOf.of(entry.result())
          .ifPresent(type -> types.put(entry.result().task(), type.mtebName()));
    }
    return of(entries, task -> types.getOrDefault(task, task));
  }

  /**
   * @param typeOf task name to task type
   */
  public static Leaderboard of(List<ResultStore.Entry> entries, Function<String, String> typeOf) {
    Map<String, ModelCard> cards = new LinkedHashMap<>();
    Map<String, Map<String, Double>> byModel = new LinkedHashMap<>();
    TreeSet<String> tasks = new TreeSet<>();
    for (ResultStore.Entry entry : entries) {
      entry
          .result()
          .mainScore()
          .ifPresent(
              score -> {
                String name = entry.model().name();
                cards.put(name, entry.model());
                byModel
                    .computeIfAbsent(name, n -> new TreeMap<>())
                    .put(entry.result().task(), score);
                tasks.add(entry.result().task());
              });
    }
    List<Line> lines = new ArrayList<>();
    byModel.forEach(
        (name, scores) ->
            lines.add(
                new Line(
                    0,
                    cards.get(name),
                    borda(name, byModel, tasks),
                    mean(scores),
                    meanOverTypes(scores, typeOf),
                    scores)));
    lines.sort(Comparator.comparingDouble(line -> -line.borda()));
    return new Leaderboard(List.copyOf(tasks), ranked(lines));
  }

  private static double borda(
      String name, Map<String, Map<String, Double>> byModel, Iterable<String> tasks) {
    double points = 0;
    for (String task : tasks) {
      double own = byModel.get(name).getOrDefault(task, Double.NEGATIVE_INFINITY);
      for (Map.Entry<String, Map<String, Double>> other : byModel.entrySet()) {
        double theirs = other.getValue().getOrDefault(task, Double.NEGATIVE_INFINITY);
        boolean self = other.getKey().equals(name);
        points += own > theirs ? 1 : !self && own == theirs ? 0.5 : 0;
      }
    }
    return points;
  }

  private static double mean(Map<String, Double> scores) {
    return scores.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static double meanOverTypes(Map<String, Double> scores, Function<String, String> typeOf) {
    Map<String, Map<String, Double>> byType = new TreeMap<>();
    scores.forEach(
        (task, score) ->
            byType.computeIfAbsent(typeOf.apply(task), t -> new TreeMap<>()).put(task, score));
    return byType.values().stream().mapToDouble(Leaderboard::mean).average().orElse(0);
  }

  private static List<Line> ranked(List<Line> sorted) {
    List<Line> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Line line = sorted.get(i);
      boolean tied = i > 0 && sorted.get(i - 1).borda() == line.borda();
      int rank = tied ? ranked.get(i - 1).rank() : i + 1;
      ranked.add(
          new Line(
              rank,
              line.model(),
              line.borda(),
              line.meanOverTasks(),
              line.meanOverTypes(),
              line.scores()));
    }
    return List.copyOf(ranked);
  }

  /** Names of the tasks, sorted. */
  public List<String> tasks() {
    return tasks;
  }

  /** The models, best first. */
  public List<Line> lines() {
    return lines;
  }

  @Override
  public String toString() {
    int width = lines.stream().mapToInt(l -> l.model().name().length()).max().orElse(5);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-4s  %-" + width + "s  %6s  %6s  %6s  %6s  %8s  %8s",
            "rank",
            "model",
            "borda",
            "mean",
            "types",
            "dim",
            "params",
            "texts/s"));
    tasks.forEach(task -> text.append("  ").append(task));
    for (Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n%-4d  %-" + width + "s  %6.1f  %6.4f  %6.4f  %6s  %8s  %8s",
              line.rank(),
              line.model().name(),
              line.borda(),
              line.meanOverTasks(),
              line.meanOverTypes(),
              known(line.model().dimension()),
              known(line.model().parameters()),
              known(Math.round(line.model().textsPerSecond()))));
      for (String task : tasks) {
        Double score = line.scores().get(task);
        String shown = score == null ? "-" : String.format(Locale.ROOT, "%.4f", score);
        text.append(String.format("  %" + task.length() + "s", shown));
      }
    }
    return text.toString();
  }

  private static String known(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }
}
