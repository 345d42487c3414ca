package dev.embedlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the lessons on bare JShell, which is what other Java kernels have: there are no forward
 * references there, and an import that follows variables may reset them.
 */
class PlainJShellIT {

  /** Shows what only this project's kernel has. */
  private static final String KERNEL_TOUR = "00-kernel-tour.ipynb";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyLessonRuns() {
    return Notebook.committed().stream()
        .filter(notebook -> !notebook.name().equals(KERNEL_TOUR))
        .map(
            notebook ->
                DynamicTest.dynamicTest(
                    notebook.name(), () -> assertThat(failure(notebook)).isEmpty()));
  }

  @Test
  void reportsTheCellThatFails() throws Exception {
    assertThat(failure(NotebookStructureTest.resource("careless.ipynb")))
        .contains("1 / 0", "ArithmeticException");
  }

  /** What went wrong, as one text; empty when nothing did. */
  private String failure(Notebook notebook) throws IOException, InterruptedException {
    Path cells = Files.createTempDirectory(folder, "cells");
    int number = 0;
    for (var cell : notebook.codeCells()) {
      number++;
      Files.writeString(cells.resolve("%03d.jsh".formatted(number)), Notebook.source(cell));
    }
    Path log = cells.resolveSibling(cells.getFileName() + ".log");
    ProcessBuilder shell =
        new ProcessBuilder(command(cells))
            .directory(notebook.file().getParent().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile());
    shell.environment().putAll(NotebookRunner.VARIABLES);
    int status = shell.start().waitFor();
    return status == 0 ? "" : notebook.name() + ": " + Files.readString(log);
  }

  private static List<String> command(Path cells) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("embedlab.jvm.flags").split(" ")));
    String own = Path.of("target", "test-classes").toAbsolutePath().toString();
    command.addAll(List.of("-cp", NotebookRunner.classPath() + File.pathSeparator + own));
    command.addAll(List.of(PlainJShell.class.getName(), cells.toString()));
    return command;
  }
}
