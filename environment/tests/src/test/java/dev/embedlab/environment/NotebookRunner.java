package dev.embedlab.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a notebook's cells in a kernel process of its own, as Jupyter would. */
final class NotebookRunner {

  /** So long that only a cell that hangs takes it. */
  private static final Duration CELL_LIMIT = Duration.ofMinutes(10);

  /** What the process in which a notebook runs finds in its environment. */
  static final Map<String, String> VARIABLES =
      Map.of(
          "EMBEDLAB_QUICK",
          "1",
          "EMBEDLAB_DATASETS",
          Notebook.root().resolve("datasets").toString());

  private NotebookRunner() {}

  /**
   * Runs all code cells, shrunk by {@code EMBEDLAB_QUICK=1}.
   *
   * @return what went wrong in the first cell that failed; empty when none did
   */
  static Optional<String> failure(Notebook notebook) throws IOException, TimeoutException {
    try (KernelClient kernel = KernelClient.start(kernel(notebook.file().getParent()))) {
      int number = 0;
      for (JsonNode cell : notebook.codeCells()) {
        number++;
        String source = Notebook.source(cell);
        CellResult result = kernel.execute(source, CELL_LIMIT);
        if (!result.status().equals("ok") || !result.contents("error").isEmpty()) {
          return Optional.of(
              "code cell %d of %s failed:%n%s%n%n%s%n%s"
                  .formatted(
                      number, notebook.name(), source, result.error(), kernel.kernel().log()));
        }
      }
      return Optional.empty();
    }
  }

  private static KernelProcess.Builder kernel(Path folder) throws IOException {
    KernelProcess.Builder kernel =
        KernelProcess.builder()
            .classPath(classPath())
            .jvmArguments(List.of(System.getProperty("embedlab.jvm.flags").split(" ")))
            .folder(folder);
    VARIABLES.forEach(kernel::environment);
    return kernel;
  }

  /** The jars that {@code lab} puts on the notebooks' class path. */
  static String classPath() throws IOException {
    Path dist = Notebook.root().resolve("lib/cli/target/dist");
    try (Stream<Path> jars = Files.list(dist)) {
      return jars.map(Path::toString)
          .filter(jar -> jar.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
