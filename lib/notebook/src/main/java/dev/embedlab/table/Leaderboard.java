package dev.embedlab.table;

import dev.embedlab.chart.BarChart;
import dev.embedlab.chart.Chart;
import dev.embedlab.evaluate.Comparison;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Systems measured on the same queries, best first, with the range of ranks that each may truly
 * have. Immutable.
 *
 * <p>
 *
 * {@snippet :
 * var board = Leaderboard.by("ndcg@10").add(bm25Result, 350).add(staticResult, 1024);
 * board.table(); // one row a system
 * board.chart(); // bars with 95 % intervals
 * board.differences(); // which differences are real
 * }
 */
public final class Leaderboard {

  private record Entry(RetrievalResult result, double bytesPerDocument) {}

  private final String metric;
  private final List<Entry> entries;

  private Leaderboard(String metric, List<Entry> entries) {
    this.metric = metric;
    this.entries = List.copyOf(entries);
  }

  /**
   * @param metric that ranks the systems, for example {@code ndcg@10}; every result must have it
   */
  public static Leaderboard by(String metric) {
    return new Leaderboard(metric, List.of());
  }

  /** Adds a system whose index is not looked at. */
  public Leaderboard add(RetrievalResult result) {
    return add(result, 0);
  }

  /**
   * Adds a system.
   *
   * @param bytesPerDocument what its index costs; 0 if not known
   */
  public Leaderboard add(RetrievalResult result, double bytesPerDocument) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(result, bytesPerDocument));
    return new Leaderboard(metric, more);
  }

  /** The paired tests between all systems. */
  public Comparison comparison() {
    return Comparison.of(
        metric, entries.stream().map(Entry::result).toArray(RetrievalResult[]::new));
  }

  private List<Entry> ranked() {
    return entries.stream()
        .sorted(Comparator.comparingDouble((Entry e) -> -e.result().mean(metric)))
        .toList();
  }

  /**
   * One row a system: rank interval, the ranking metric with its 95 % interval, the other metrics,
   * queries per second and bytes per document. What is not known of a system is left empty, what is
   * known of none has no column.
   */
  public Table table() {
    StringColumn rank = StringColumn.create("rank");
    StringColumn system = StringColumn.create("system");
    DoubleColumn score = DoubleColumn.create(metric);
    StringColumn interval = StringColumn.create("95 % interval");
    List<DoubleColumn> others = otherMetrics();
    DoubleColumn speed = DoubleColumn.create("queries/s");
    DoubleColumn size = DoubleColumn.create("bytes/document");
    Comparison comparison = comparison();
    for (Entry entry : ranked()) {
      RetrievalResult result = entry.result();
      rank.append(comparison.rank(result.system()).toString());
      system.append(result.system());
      score.append(result.mean(metric));
      interval.append(range(result.interval(metric)));
      others.forEach(column -> column.append(result.mean(column.name())));
      append(speed, result.queriesPerSecond());
      append(size, entry.bytesPerDocument());
    }
    Table table = Table.create("leaderboard", rank, system, score, interval);
    others.forEach(table::addColumns);
    for (DoubleColumn cost : List.of(speed, size)) {
      if (cost.countMissing() < cost.size()) {
        table.addColumns(cost);
      }
    }
    return table;
  }

  private static void append(DoubleColumn column, double value) {
    if (value > 0) {
      column.append(Math.rint(value));
    } else {
      column.appendMissing();
    }
  }

  private List<DoubleColumn> otherMetrics() {
    return entries.isEmpty()
        ? List.of()
        : entries.getFirst().result().scores().metrics().stream()
            .filter(name -> !name.equals(metric))
            .map(DoubleColumn::create)
            .toList();
  }

  /** Bars of the ranking metric with their 95 % intervals. */
  public BarChart chart() {
    return chart(metric + " with 95 % intervals");
  }

  public BarChart chart(String title) {
    BarChart chart = Chart.bars(title, metric);
    for (Entry entry : ranked()) {
      Interval i = entry.result().interval(metric);
      chart = chart.bar(entry.result().system(), i.estimate(), i.low(), i.high());
    }
    return chart;
  }

  /** One row a pair of systems: the difference, its interval, the p-value, and what that means. */
  public Table differences() {
    StringColumn better = StringColumn.create("higher");
    StringColumn worse = StringColumn.create("lower");
    DoubleColumn difference = DoubleColumn.create("difference");
    StringColumn interval = StringColumn.create("95 % interval");
    DoubleColumn p = DoubleColumn.create("p (Holm)");
    StringColumn verdict = StringColumn.create("verdict");
    for (Comparison.Pair pair : comparison().pairs()) {
      better.append(pair.better());
      worse.append(pair.worse());
      difference.append(pair.difference().estimate());
      interval.append(range(pair.difference()));
      p.append(pair.adjustedPValue());
      verdict.append(pair.tie() ? "tie" : "real");
    }
    return Table.create("differences", better, worse, difference, interval, p, verdict);
  }

  private static String range(Interval interval) {
    return String.format(java.util.Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
  }
}
