package dev.embedlab.cli;

import dev.embedlab.data.BadRows;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.HuggingFaceFolder;
import dev.embedlab.data.OpenOptions;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.TableLayout.Header;
import dev.embedlab.data.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say which data are read, and how. */
final class DataOptions {

  private static final Pattern LANGUAGE =
      Pattern.compile("(?<![A-Za-z])([a-z]{3})[-_]([A-Z][a-z]{3})(?![A-Za-z])");

  @Option(
      names = "--data",
      required = true,
      description =
          "A data set name, a folder, a hub's org/name (or org/name@revision), or a file of rows.")
  String data;

  @Option(names = "--subset", description = "Language or other configuration of the data set.")
  private String subset = "";

  @Option(names = "--split", defaultValue = "test", description = "Split to score (default: test).")
  String split;

  @Option(
      names = "--train",
      description = "Classification: the file to learn from (default: the data's split 'train').")
  private Path train;

  @Option(
      names = "--column",
      paramLabel = "PART=COLUMN",
      description =
          "Which column is first, second, score, text, label, human, machine or rating; "
              + "guessed from its name if not given.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--header",
      negatable = true,
      description =
          "Whether the first line of CSV and TSV files names the columns (default: guessed); "
              + "without, columns are given by number, as in --column text=2.")
  private Boolean header;

  @Option(names = "--skip-bad-rows", description = "Count bad rows instead of stopping.")
  private boolean skipBadRows;

  private BadRows badRows;

  /** One count for all files of a run. */
  BadRows badRows() {
    badRows = badRows != null ? badRows : skipBadRows ? BadRows.skip() : BadRows.fail();
    return badRows;
  }

  OpenOptions openOptions() {
    return OpenOptions.defaults().withSubset(subset).withSplit(split).withBadRows(badRows());
  }

  RetrievalDataset retrieval() {
    return Datasets.open(data, openOptions());
  }

  /** The folder that the data are in; fetches it from the hub if need be. */
  Path folder() {
    return Datasets.locate(data);
  }

  boolean isFile() {
    return Files.isRegularFile(Path.of(data));
  }

  /** The rows to score. */
  TextFile rows() {
    return named(isFile() ? TextFile.of(Path.of(data)) : TextFile.in(folder(), subset, split));
  }

  /** The rows to learn from. */
  TextFile trainRows() {
    if (train != null) {
      return named(TextFile.of(train));
    }
    if (isFile()) {
      throw new IllegalArgumentException("This task learns; name the file with --train.");
    }
    return named(TextFile.in(folder(), subset, "train"));
  }

  TextFile named(TextFile file) {
    TextFile named = file.withBadRows(badRows());
    if (header != null) {
      named = named.withHeader(header ? Header.FIRST_LINE : Header.NONE);
    }
    for (Map.Entry<String, String> column : columns.entrySet()) {
      named = named.with(column.getKey(), column.getValue());
    }
    return named;
  }

  /** sha256 of what is scored: of a retrieval data set's contents, else of the files. */
  String fingerprint() {
    boolean retrieval = !isFile() && HuggingFaceFolder.isOne(folder());
    return retrieval ? retrieval().fingerprint() : rows().fingerprint();
  }

  /** The last part of the data's name, without revision and ending. */
  String name() {
    Path path = Path.of(data.replaceFirst("@[^/]*$", "")).toAbsolutePath().normalize();
    String last = String.valueOf(path.getFileName());
    String name = isFile() ? last.replaceFirst("(\\.\\w+)+$", "") : last;
    return subset.isEmpty() ? name : name + "-" + subset;
  }

  /** Languages with their scripts in the name of the subset, as MTEB writes them. */
  List<String> languages() {
    return LANGUAGE
        .matcher(subset)
        .results()
        .map(found -> found.group(1) + "-" + found.group(2))
        .distinct()
        .toList();
  }

  String subsetName() {
    return subset.isEmpty() ? "default" : subset;
  }
}
