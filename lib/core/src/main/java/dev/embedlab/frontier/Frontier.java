package dev.embedlab.frontier;

import dev.embedlab.compress.Reduction;
import dev.embedlab.metrics.RankingMetric;
import dev.embedlab.metrics.RankingMetrics;
import dev.embedlab.progress.Progress;
import dev.embedlab.statistics.Bootstrap;
import dev.embedlab.vector.VectorIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures every combination of dimensions and index recipes on one workload. Settings are built
 * one after the other, so times do not disturb each other; with a journal, an interrupted run goes
 * on where it stopped.
 */
public final class Frontier {

  private static final int TIMED_QUERIES = 200;
  private static final long WARM_UP_NANOS = 150_000_000;

  private final Workload workload;
  private final float[][] training;
  private final RankingMetric metric;
  private final Reducer reducer;
  private final int[] dimensions;
  private final List<Recipe> recipes;
  private final Budget budget;
  private final Optional<Journal> journal;
  private final Progress progress;

  private Frontier(Builder builder) {
    workload = builder.workload;
    training = builder.training;
    metric = builder.metric;
    reducer = builder.reducer;
    dimensions = builder.dimensions;
    recipes = builder.recipes;
    budget = builder.budget;
    progress = builder.progress;
    journal = builder.journal.map(file -> Journal.open(file, workload, metric.name()));
  }

  public static Builder of(Workload workload) {
    return new Builder(workload);
  }

  /** What to try; everything has a default. */
  public static final class Builder {
    private final Workload workload;
    private float[][] training;
    private RankingMetric metric = RankingMetrics.parse("ndcg@10");
    private Reducer reducer = Reducer.PCA;
    private int[] dimensions;
    private List<Recipe> recipes = List.of(Recipe.flat(), Recipe.int8(), Recipe.binaryRescored(4));
    private Budget budget = Budget.NONE;
    private Optional<Path> journal = Optional.empty();
    private Progress progress = Progress.none();

    private Builder(Workload workload) {
      this.workload = workload;
      this.training = workload.documents();
      this.dimensions = new int[] {workload.dimension()};
    }

    /** Vectors to train and calibrate on, other than the queries; the documents by default. */
    public Builder training(float[][] value) {
      training = value;
      return this;
    }

    /** For example {@code ndcg@10}, the default. */
    public Builder metric(String name) {
      metric = RankingMetrics.parse(name);
      return this;
    }

    /** How dimensions are made fewer; PCA by default. */
    public Builder reducer(Reducer value) {
      reducer = value;
      return this;
    }

    /** Dimensions to try; those of the model by default. */
    public Builder dimensions(int... value) {
      dimensions = value.clone();
      return this;
    }

    /** Indexes to try. */
    public Builder recipes(Recipe... value) {
      recipes = List.of(value);
      return this;
    }

    /** What the advice may cost; nothing is left out of the measurement. */
    public Builder budget(Budget value) {
      budget = value;
      return this;
    }

    /** A file that remembers finished settings. */
    public Builder journal(Path file) {
      journal = Optional.of(file);
      return this;
    }

    public Builder progress(Progress value) {
      progress = value;
      return this;
    }

    /** Measures all settings. */
    public FrontierResult run() {
      return new Frontier(this).run();
    }
  }

  private FrontierResult run() {
    List<Point> points = new ArrayList<>();
    try (Progress.Task task =
        progress.start("frontier", (long) dimensions.length * recipes.size())) {
      for (int dim : dimensions) {
        Reduced reduced = reduce(dim);
        for (Recipe recipe : recipes) {
          task.note("%d dimensions, %s".formatted(dim, recipe.name()));
          points.addAll(measure(reduced, dim, recipe));
          task.advance(1);
        }
      }
    }
    return new FrontierResult(metric.name(), points, budget);
  }

  /** The workload at fewer dimensions, and how long that took. */
  private record Reduced(
      float[][] documents, float[][] queries, float[][] training, double seconds) {}

  private Reduced reduce(int dim) {
    if (dim == workload.dimension()) {
      return new Reduced(workload.documents(), workload.queries(), training, 0);
    }
    long start = System.nanoTime();
    Reduction reduction = reducer.fit(training, dim);
    float[][] documents = reduction.apply(workload.documents());
    double seconds = (System.nanoTime() - start) / 1e9;
    float[][] reducedTraining =
        training == workload.documents() ? documents : reduction.apply(training);
    return new Reduced(documents, reduction.apply(workload.queries()), reducedTraining, seconds);
  }

  private List<Point> measure(Reduced reduced, int dim, Recipe recipe) {
    String vectors =
        dim == workload.dimension() ? dim + " dimensions" : "%s %d".formatted(reducer, dim);
    String prefix = "%s, %s".formatted(vectors, recipe.name());
    List<Point> known = journal.map(j -> j.find(prefix)).orElse(List.of());
    if (!known.isEmpty()) {
      return known;
    }
    long start = System.nanoTime();
    List<VectorIndex> variants =
        recipe.builder().build(reduced.documents, reduced.training, workload.similarity());
    double seconds = reduced.seconds + (System.nanoTime() - start) / 1e9;
    List<Point> points = new ArrayList<>();
    for (VectorIndex index : variants) {
      String name = variants.size() == 1 ? recipe.name() : index.name();
      points.add(measure("%s, %s".formatted(vectors, name), name, reduced.queries, index, seconds));
    }
    variants.forEach(VectorIndex::close);
    journal.ifPresent(j -> j.add(prefix, points));
    return points;
  }

  /** As many hits as the metric looks at: the number behind its @, or 100. */
  private int depth() {
    String name = metric.name();
    return name.contains("@") ? Integer.parseInt(name.substring(name.indexOf('@') + 1)) : 100;
  }

  private Point measure(
      String setting, String name, float[][] queries, VectorIndex index, double seconds) {
    warmUp(queries, index);
    long start = System.nanoTime();
    double[] values = workload.score(index.search(queries, depth()), metric);
    double perSecond = queries.length / ((System.nanoTime() - start) / 1e9);
    Point.Latency latency = latency(queries, index); // last: by then all is compiled
    return new Point(
        setting,
        index.dimension(),
        name,
        Bootstrap.standard().mean(values),
        values,
        (double) index.bytes() / index.size(),
        seconds,
        latency,
        perSecond);
  }

  /** The compiler needs time, not a number of queries. */
  private static void warmUp(float[][] queries, VectorIndex index) {
    long until = System.nanoTime() + WARM_UP_NANOS;
    for (int i = 0; i == 0 || System.nanoTime() < until; i++) {
      index.search(new float[][] {queries[i % queries.length]}, 10);
    }
  }

  private static Point.Latency latency(float[][] queries, VectorIndex index) {
    double[] milliseconds = new double[Math.min(TIMED_QUERIES, queries.length)];
    for (int i = 0; i < milliseconds.length; i++) {
      long start = System.nanoTime();
      index.search(new float[][] {queries[i]}, 10);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    return Point.Latency.of(milliseconds);
  }

  /** Dimensions that halve from the model's down to at least {@code least}, largest first. */
  public static int[] halvings(int dimension, int least) {
    int[] dims = new int[32];
    int count = 0;
    for (int d = dimension; d >= least && count < dims.length; d /= 2) {
      dims[count++] = d;
    }
    return Arrays.copyOf(dims, count);
  }
}
