package dev.embedlab.checkpoint;

import dev.embedlab.engine.EagerRunner;
import dev.embedlab.hub.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens models from folders or from the hub. */
public final class Models {

  private Models() {}

  /**
   * Opens a bi-encoder.
   *
   * @param folderOrName a checkpoint folder, or {@code org/name} of a model that the hub or its
   *     local cache has; a folder wins, as in Python
   */
  public static EmbeddingModel open(String folderOrName) throws IOException {
    Path folder = Path.of(folderOrName);
    if (Files.isDirectory(folder) || !folderOrName.matches("[\\w.-]+/[\\w.-]+")) {
      return open(folder);
    }
    return open(folderOrName, Hub.standard().snapshot(folderOrName));
  }

  /** Opens a bi-encoder from a folder. */
  public static EmbeddingModel open(Path folder) throws IOException {
    return open(nameOf(folder), folder);
  }

  private static EmbeddingModel open(String name, Path folder) throws IOException {
    Checkpoint checkpoint = new CheckpointReader(name, folder).readEncoder();
    return new EmbeddingModel(
        checkpoint, new EagerRunner(checkpoint.network(), checkpoint.weights()));
  }

  /** Opens a cross-encoder from a folder. */
  public static CrossEncoder openCrossEncoder(Path folder) throws IOException {
    Checkpoint checkpoint = new CheckpointReader(nameOf(folder), folder).readCrossEncoder();
    return new CrossEncoder(
        checkpoint, new EagerRunner(checkpoint.network(), checkpoint.weights()));
  }

  private static String nameOf(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null || !Files.exists(folder) ? folder.toString() : name.toString();
  }
}
