package dev.embedlab.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One JSON object a line. Numbers are the shortest that read back as the same 32-bit float; what is
 * not finite is spelled as Python spells it.
 */
final class JsonRows extends RowFile {

  private final Writer writer;
  private final String start;
  private final boolean single;

  JsonRows(Path target, String field, int columns) throws IOException {
    super(target);
    this.single = columns == 0;
    this.start = "{\"%s\": ".formatted(field);
    this.writer = Files.newBufferedWriter(temporary());
  }

  @Override
  void write(float[] row) throws IOException {
    StringBuilder line = new StringBuilder(start);
    if (single) {
      line.append(row[0]);
    } else {
      line.append('[');
      for (int i = 0; i < row.length; i++) {
        line.append(i == 0 ? "" : ", ").append(row[i]);
      }
      line.append(']');
    }
    writer.append(line.append("}\n"));
  }

  @Override
  void finish() throws IOException {
    writer.close();
  }
}
