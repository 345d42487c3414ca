package dev.embedlab.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NotebookProgressTest {

  @Test
  void outsideANotebookOnlyTheSummaryIsPrinted() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream original = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (Progress.Task task = new NotebookProgress().start("encode", 1200)) {
      task.advance(700);
      task.note("loss 0.41");
      task.advance(500);
    } finally {
      System.setOut(original);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .matches("encode: 1,200 in \\d+\\.\\d s, [\\d,.]+/s, loss 0.41\\R");
  }
}
