package dev.embedlab.checkpoint;

import dev.embedlab.engine.NativeLibraries;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.hub.FilePatterns;
import dev.embedlab.hub.Hub;
import dev.embedlab.hub.Repository;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Opens models from folders or from the hub. */
public final class Models {

  private static final String MAIN = "main";

  private Models() {}

  /**
   * Opens a bi-encoder.
   *
   * @param folderOrName a checkpoint folder, or {@code org/name} of a model that the hub or its
   *     local cache has; a folder wins, as in Python
   */
  public static EmbeddingModel open(String folderOrName) throws IOException {
    return open(folderOrName, OpenOptions.defaults());
  }

  /** As {@link #open(String)}, with options. */
  public static EmbeddingModel open(String folderOrName, OpenOptions options) throws IOException {
    return open(folderOrName, options, Hub.standard());
  }

  /** As {@link #open(String, OpenOptions)}, from another hub than the environment says. */
  public static EmbeddingModel open(String folderOrName, OpenOptions options, Hub hub)
      throws IOException {
    return open(nameOf(folderOrName), locate(folderOrName, options, hub), options);
  }

  /** As reports show the model: {@code org/name} if it is of a hub, else the name of its folder. */
  public static String nameOf(String folderOrName) {
    Path folder = Path.of(folderOrName);
    return Files.isDirectory(folder) ? nameOf(folder) : folderOrName;
  }

  /**
   * The folder of a model: itself, or where the hub's cache has it after downloading what is
   * missing. A folder wins over a model of the same name on the hub, as in Python.
   */
  public static Path locate(String folderOrName) throws IOException {
    return locate(folderOrName, OpenOptions.defaults(), Hub.standard());
  }

  /** As {@link #locate(String)}, with the files that the options need, such as a graph. */
  public static Path locate(String folderOrName, OpenOptions options) throws IOException {
    return locate(folderOrName, options, Hub.standard());
  }

  private static Path locate(String folderOrName, OpenOptions options, Hub hub) throws IOException {
    Path local = Path.of(folderOrName);
    if (Files.isDirectory(local) || !folderOrName.matches("[\\w.-]+/[\\w.-]+")) {
      return local;
    }
    Path folder = hub.snapshot(folderOrName, MAIN, options.files());
    Optional<FilePatterns> graphs =
        hasWeights(folder) ? Optional.empty() : options.filesWithoutWeights();
    return graphs.isPresent() ? hub.snapshot(folderOrName, MAIN, graphs.get()) : folder;
  }

  /** Of any of its modules. */
  private static boolean hasWeights(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
    }
  }

  /**
   * Whether the model in a folder is a cross-encoder, which scores pairs, and not a bi-encoder.
   *
   * @throws dev.embedlab.config.ConfigException if its configuration cannot be read
   */
  public static boolean isCrossEncoder(Path folder) throws IOException {
    return new CheckpointReader(nameOf(folder), folder, OpenOptions.defaults()).isCrossEncoder();
  }

  /** Opens a bi-encoder from a folder. */
  public static EmbeddingModel open(Path folder) throws IOException {
    return open(folder, OpenOptions.defaults());
  }

  /** Opens a bi-encoder from a folder. */
  public static EmbeddingModel open(Path folder, OpenOptions options) throws IOException {
    return open(nameOf(folder), folder, options);
  }

  private static EmbeddingModel open(String name, Path folder, OpenOptions options)
      throws IOException {
    NativeLibraries.load();
    Checkpoint checkpoint = new CheckpointReader(name, folder, options).readEncoder();
    return start(checkpoint, options, EmbeddingModel::new);
  }

  /** Closes the checkpoint if its backend does not start. */
  private static <T> T start(
      Checkpoint checkpoint,
      OpenOptions options,
      BiFunction<Checkpoint, NetworkRunner, T> constructor) {
    try {
      return constructor.apply(checkpoint, Backends.start(checkpoint, options));
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  /** Opens a cross-encoder; names as in {@link #open(String)}. */
  public static CrossEncoder openCrossEncoder(String folderOrName) throws IOException {
    return openCrossEncoder(folderOrName, OpenOptions.defaults());
  }

  /** As {@link #openCrossEncoder(String)}, with options. */
  public static CrossEncoder openCrossEncoder(String folderOrName, OpenOptions options)
      throws IOException {
    return openCrossEncoder(
        nameOf(folderOrName), locate(folderOrName, options, Hub.standard()), options);
  }

  /** Opens a cross-encoder from a folder. */
  public static CrossEncoder openCrossEncoder(Path folder) throws IOException {
    return openCrossEncoder(folder, OpenOptions.defaults());
  }

  /** Opens a cross-encoder from a folder. */
  public static CrossEncoder openCrossEncoder(Path folder, OpenOptions options) throws IOException {
    return openCrossEncoder(nameOf(folder), folder, options);
  }

  private static CrossEncoder openCrossEncoder(String name, Path folder, OpenOptions options)
      throws IOException {
    NativeLibraries.load();
    Checkpoint checkpoint = new CheckpointReader(name, folder, options).readCrossEncoder();
    return start(checkpoint, options, CrossEncoder::new);
  }

  private static String nameOf(Path folder) {
    return Repository.ofSnapshot(folder).map(Repository::id).orElseGet(() -> fileName(folder));
  }

  private static String fileName(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null || !Files.exists(folder) ? folder.toString() : name.toString();
  }
}
