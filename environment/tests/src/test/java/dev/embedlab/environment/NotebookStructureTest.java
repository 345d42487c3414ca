package dev.embedlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NotebookStructureTest {

  @TestFactory
  Stream<DynamicTest> everyCommittedNotebookKeepsToTheRules() {
    return Notebook.committed().stream()
        .map(
            notebook ->
                DynamicTest.dynamicTest(
                    notebook.name(),
                    () -> assertThat(NotebookStructure.breaches(notebook)).isEmpty()));
  }

  @Test
  void findsTheNotebooks() {
    assertThat(Notebook.committed()).as("*.ipynb in the folder notebooks").isNotEmpty();
  }

  @Test
  void acceptsAGoodNotebook() {
    assertThat(NotebookStructure.breaches(resource("good.ipynb"))).isEmpty();
  }

  @Test
  void findsEveryBreach() {
    assertThat(NotebookStructure.breaches(resource("careless.ipynb")))
        .containsExactly(
            "nbformat_minor is less than 5",
            "the kernelspec is 'python3'",
            "the title is no question: # A statement",
            "cell 2 failed: java.lang.ArithmeticException",
            "cell 3 has the id of another: twice",
            "cell 3 printed to stderr: a warning",
            "cell 3 shows somebody's folder: /home/someone",
            "cell 4 has the type 'heading'",
            "code cell 1 has the execution count 7: it was not run from top to bottom",
            "a tenth of the code cells has 13 lines");
  }

  static Notebook resource(String name) {
    URI place =
        URI.create(NotebookStructureTest.class.getResource("/notebooks/" + name).toString());
    return Notebook.read(Path.of(place));
  }
}
