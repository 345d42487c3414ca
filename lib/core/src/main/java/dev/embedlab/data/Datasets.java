package dev.embedlab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens data sets by the name of a built-in one or by the path of a folder. */
public final class Datasets {

  private Datasets() {}

  /**
   * Opens a folder in BEIR's or the Hugging Face hub's layout, or one of the data sets of this
   * project: {@code java-api}, {@code java-api/small}, {@code helpdesk/en}, {@code helpdesk/ko}.
   * Those lie in the folder that the environment variable EMBEDLAB_DATASETS names, else in a folder
   * {@code datasets} of the working directory or one above it.
   *
   * @throws IllegalArgumentException if there is no such data set, saying where it was looked for
   * @throws BadRowException if a row cannot be used, naming file, line and field
   */
  public static RetrievalDataset open(String nameOrFolder) {
    return open(nameOrFolder, BadRows.fail());
  }

  /** As {@link #open(String)}, with a say in what happens to rows that cannot be used. */
  public static RetrievalDataset open(String nameOrFolder, BadRows badRows) {
    Path folder = locate(nameOrFolder);
    RetrievalDataset read = read(folder, badRows);
    boolean isPath = Files.isDirectory(Path.of(nameOrFolder));
    return isPath
        ? read
        : new RetrievalDataset(nameOrFolder, read.corpus(), read.queries(), read.splits());
  }

  private static RetrievalDataset read(Path folder, BadRows badRows) {
    if (BeirFolder.isOne(folder) || !HuggingFaceFolder.isOne(folder)) {
      return BeirFolder.read(folder, badRows);
    }
    java.util.Set<String> subsets = HuggingFaceFolder.subsets(folder);
    return subsets.size() == 1
        ? HuggingFaceFolder.read(folder, subsets.iterator().next(), badRows)
        : HuggingFaceFolder.read(folder);
  }

  /** The folder that a name stands for. */
  public static Path locate(String nameOrFolder) {
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
    throw new IllegalArgumentException(
        "There is no data set or folder '%s'; looked in %s. Build the data sets with 'mvn package' "
                .formatted(nameOrFolder, tried)
            + "or set EMBEDLAB_DATASETS to the folder that holds them.");
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
