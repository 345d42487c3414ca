package dev.embedlab.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A notebook file and its JSON. */
record Notebook(Path file, JsonNode json) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Notebook read(Path file) {
    try {
      return new Notebook(file, MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no notebook: " + e.getMessage(), e);
    }
  }

  /** Every notebook of the project, found by glob so that none can be forgotten. */
  static List<Notebook> committed() {
    Path folder = root().resolve("notebooks");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".ipynb"))
          .sorted()
          .map(Notebook::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The repository's folder. */
  static Path root() {
    return Path.of(System.getProperty("embedlab.root"));
  }

  String name() {
    return file.getFileName().toString();
  }

  List<JsonNode> cells() {
    return json.path("cells").valueStream().toList();
  }

  /** The code cells that hold code. */
  List<JsonNode> codeCells() {
    return cells().stream()
        .filter(cell -> cell.path("cell_type").asText().equals("code"))
        .filter(cell -> !source(cell).isBlank())
        .toList();
  }

  /** A cell's text; notebooks keep it as one string or as a list of lines. */
  static String source(JsonNode cell) {
    return text(cell.path("source"));
  }

  static String text(JsonNode lines) {
    return lines.isArray()
        ? lines.valueStream().map(JsonNode::asText).collect(Collectors.joining())
        : lines.asText();
  }
}
