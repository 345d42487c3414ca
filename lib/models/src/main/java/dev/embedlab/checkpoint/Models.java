package dev.embedlab.checkpoint;

import dev.embedlab.engine.EagerRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens models from folders. */
public final class Models {

  private Models() {}

  /**
   * Opens a bi-encoder.
   *
   * @param folderOrName a checkpoint folder
   */
  public static EmbeddingModel open(String folderOrName) throws IOException {
    return open(Path.of(folderOrName));
  }

  /** Opens a bi-encoder from a folder. */
  public static EmbeddingModel open(Path folder) throws IOException {
    Checkpoint checkpoint = new CheckpointReader(nameOf(folder), folder).readEncoder();
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
