package dev.embedlab.hub;

import dev.embedlab.data.DatasetHub;
import dev.embedlab.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Data sets of the hub for {@link dev.embedlab.data.Datasets}, found by the service loader. */
public final class HubDatasets implements DatasetHub {

  /** Tables and the README that says what they hold; no scripts, no archives. */
  private static final FilePatterns TABLES =
      new FilePatterns(
          List.of(
              "README.md",
              "*.parquet",
              "*.jsonl",
              "*.jsonl.gz",
              "*.ndjson",
              "*.json",
              "*.json.gz",
              "*.csv",
              "*.csv.gz",
              "*.tsv",
              "*.tsv.gz"),
          List.of("*/.*", ".*"));

  private final HubSettings settings;

  /** With the settings of the environment. */
  public HubDatasets() {
    this(HubSettings.standard());
  }

  HubDatasets(HubSettings settings) {
    this.settings = settings;
  }

  @Override
  public Path fetch(String id, String revision) {
    try {
      return new Hub(settings).snapshot(Repository.dataset(id), revision, TABLES, Progress.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
