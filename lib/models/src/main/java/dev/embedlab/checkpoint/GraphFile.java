package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.engine.Backend;
import dev.embedlab.safetensors.TensorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the ONNX graph of an encoder that comes without safetensors. */
final class GraphFile {

  private static final Set<Backend> RUN_GRAPHS =
      Set.of(Backend.AUTO, Backend.ONNX, Backend.ONNX_FILE);

  private GraphFile() {}

  /**
   * The graph to run, relative to the folder of the encoder; empty if there are safetensors, or
   * neither. {@code onnx/model.onnx} comes first, then {@code model.onnx}, then a file that is the
   * only one; with several others the user must choose.
   *
   * @throws ConfigException if the backend asked for runs no graph of a file, or the choice is open
   */
  static Optional<String> of(Path encoder, OpenOptions options) throws IOException {
    if (TensorStore.isPresent(encoder)) {
      return Optional.empty();
    }
    List<String> graphs = graphs(encoder);
    if (graphs.isEmpty()) {
      return Optional.empty();
    }
    if (!RUN_GRAPHS.contains(options.backend())) {
      throw new ConfigException(
          encoder,
          "it has no model.safetensors, only %s, which backend '%s' cannot run; take backend 'onnx'."
              .formatted(graphs.getFirst(), options.backend().label()));
    }
    if (!options.hasUsualOnnxFile() || graphs.contains(options.onnxFile())) {
      return Optional.of(options.onnxFile());
    }
    if (graphs.contains(OpenOptions.ROOT_ONNX_FILE) || graphs.size() == 1) {
      return Optional.of(
          graphs.contains(OpenOptions.ROOT_ONNX_FILE)
              ? OpenOptions.ROOT_ONNX_FILE
              : graphs.getFirst());
    }
    throw new ConfigException(
        encoder,
        "it has no model.safetensors and several graphs (%s); name one in place of the backend, for example %s."
            .formatted(String.join(", ", graphs), graphs.getFirst()));
  }

  private static List<String> graphs(Path encoder) throws IOException {
    List<String> names = new ArrayList<>();
    for (String folder : List.of("onnx", "")) {
      Path place = encoder.resolve(folder);
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place)) {
          files
              .filter(file -> file.toString().endsWith(".onnx") && Files.isRegularFile(file))
              .map(file -> (folder.isEmpty() ? "" : folder + "/") + file.getFileName())
              .sorted()
              .forEach(names::add);
        }
      }
    }
    return names;
  }
}
