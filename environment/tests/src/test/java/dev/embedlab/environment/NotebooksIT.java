package dev.embedlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every committed notebook on the real kernel. */
class NotebooksIT {

  @TestFactory
  Stream<DynamicTest> everyCommittedNotebookRuns() {
    return Notebook.committed().stream()
        .map(
            notebook ->
                DynamicTest.dynamicTest(
                    notebook.name(), () -> assertThat(NotebookRunner.failure(notebook)).isEmpty()));
  }

  @Test
  void seesTheLibraryOnTheClassPath() throws Exception {
    assertThat(NotebookRunner.failure(NotebookStructureTest.resource("good.ipynb"))).isEmpty();
  }

  @Test
  void reportsTheCellThatFails() throws Exception {
    assertThat(NotebookRunner.failure(NotebookStructureTest.resource("careless.ipynb")))
        .hasValueSatisfying(
            failure ->
                assertThat(failure)
                    .startsWith("code cell 1 of careless.ipynb failed:")
                    .contains("1 / 0", "ArithmeticException"));
  }
}
