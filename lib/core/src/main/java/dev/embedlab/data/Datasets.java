package dev.embedlab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens data sets by the name of a built-in one or by the path of a folder or a file. */
public final class Datasets {

  /** {@code org/name} with an optional {@code @revision}; names of this project are none. */
  private static final Pattern HUB_NAME =
      Pattern.compile("(?!java-api/|helpdesk/)([\\w.-]+/[\\w.-]+)(?:@([\\w./-]+))?");

  private Datasets() {}

  /**
   * Opens a folder in BEIR's or the Hugging Face hub's layout, or one of the data sets of this
   * project: {@code java-api}, {@code java-api/small}, {@code helpdesk/en}, {@code helpdesk/ko}.
   * Those lie in the folder that the environment variable EMBEDLAB_DATASETS names, else in a folder
   * {@code datasets} of the working directory or one above it. Any other {@code org/name}, or
   * {@code org/name@revision}, is fetched from the hub if a {@link DatasetHub} is on the class
   * path.
   *
   * <p>A single file (CSV, TSV, JSON Lines, Parquet) of questions and answers, with columns of the
   * usual names, becomes a search with the split {@code test}; {@link TextFile} opens files with
   * other columns, {@link RetrievalDataset#ofPairs} makes a data set of them.
   *
   * @throws IllegalArgumentException if there is no such data set, saying where it was looked for
   * @throws BadRowException if a row cannot be used, naming file, line and field
   */
  public static RetrievalDataset open(String nameOrFolder) {
    return open(nameOrFolder, BadRows.fail());
  }

  /** As {@link #open(String)}, with a say in what happens to rows that cannot be used. */
  public static RetrievalDataset open(String nameOrFolder, BadRows badRows) {
    return open(nameOrFolder, OpenOptions.defaults().withBadRows(badRows));
  }

  /** As {@link #open(String)}, for one of several languages, splits or revisions. */
  public static RetrievalDataset open(String nameOrFolder, OpenOptions options) {
    Path file = Path.of(nameOrFolder);
    if (Files.isRegularFile(file)) {
      return pairs(file, options.badRows());
    }
    Path folder = locate(nameOrFolder, options.revision());
    RetrievalDataset read = read(folder, options);
    String subset = options.subset().isEmpty() ? "" : "/" + options.subset();
    return Files.isDirectory(Path.of(nameOrFolder))
        ? read
        : new RetrievalDataset(
            withoutRevision(nameOrFolder) + subset, read.corpus(), read.queries(), read.splits());
  }

  private static RetrievalDataset pairs(Path file, BadRows badRows) {
    TextFile table = new TextFile(List.of(file), Map.of(), TableLayout.guessed(), badRows);
    return RetrievalDataset.ofPairs(file.getFileName().toString(), "test", table.pairs().rows());
  }

  private static RetrievalDataset read(Path folder, OpenOptions options) {
    return BeirFolder.isOne(folder) || !HuggingFaceFolder.isOne(folder)
        ? BeirFolder.read(folder, options.badRows())
        : HuggingFaceFolder.read(folder, options);
  }

  /** The folder that a name stands for, fetched from the hub if need be. */
  public static Path locate(String nameOrFolder) {
    return locate(nameOrFolder, "main");
  }

  /**
   * @param revision of a hub's data set, if the name does not end in {@code @revision} itself
   */
  public static Path locate(String nameOrFolder, String revision) {
    Path direct = Path.of(nameOrFolder);
    if (Files.isDirectory(direct)) {
      return direct;
    }
    List<Path> tried = new ArrayList<>();
    for (Path root : roots()) {
      for (Path place : List.of(root.resolve(nameOrFolder), root.resolve(".cache", nameOrFolder))) {
        if (BeirFolder.isOne(place)) {
          return place;
        }
        tried.add(place);
      }
    }
    Matcher hub = HUB_NAME.matcher(nameOrFolder);
    if (hub.matches() && DatasetHub.find().isPresent()) {
      String wanted = hub.group(2) == null ? revision : hub.group(2);
      return DatasetHub.find().orElseThrow().fetch(hub.group(1), wanted);
    }
    throw new IllegalArgumentException(
        "There is no data set or folder '%s'; looked in %s. Build the data sets with 'mvn package' "
                .formatted(nameOrFolder, tried)
            + "or set EMBEDLAB_DATASETS to the folder that holds them.");
  }

  private static String withoutRevision(String name) {
    return name.replaceFirst("@[^/]*$", "");
  }

  private static List<Path> roots() {
    String set = System.getenv("EMBEDLAB_DATASETS");
    if (set != null && !set.isBlank()) {
      return List.of(Path.of(set));
    }
    List<Path> roots = new ArrayList<>();
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("datasets"))) {
        roots.add(at.resolve("datasets"));
      }
    }
    return roots;
  }
}
