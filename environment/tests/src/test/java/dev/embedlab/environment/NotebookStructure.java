package dev.embedlab.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What every committed notebook keeps to; collects a sentence for each breach. */
final class NotebookStructure {

  private static final int LONGEST_CELL_AT_P90 = 12;
  private static final Set<String> CELL_TYPES = Set.of("code", "markdown", "raw");
  private static final Set<String> OUTPUT_TYPES =
      Set.of("stream", "display_data", "execute_result", "error");
  private static final Pattern CELL_ID = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final Pattern HOME_FOLDER =
      Pattern.compile("(/home/|/root/|/Users/|[A-Z]:\\\\+Users\\\\)[\\w.-]+");

  private final Notebook notebook;
  private final List<String> breaches = new ArrayList<>();

  private NotebookStructure(Notebook notebook) {
    this.notebook = notebook;
  }

  static List<String> breaches(Notebook notebook) {
    NotebookStructure structure = new NotebookStructure(notebook);
    structure.checkFormat();
    structure.checkTitle();
    structure.checkCells();
    structure.checkExecution();
    structure.checkCellLength();
    return List.copyOf(structure.breaches);
  }

  private void checkFormat() {
    JsonNode json = notebook.json();
    require(json.path("nbformat").asInt() == 4, "nbformat is not 4");
    require(json.path("nbformat_minor").asInt() >= 5, "nbformat_minor is less than 5");
    require(json.path("cells").isArray(), "there is no list of cells");
    JsonNode kernel = json.path("metadata").path("kernelspec").path("name");
    require(kernel.asText().equals("java"), "the kernelspec is '" + kernel.asText() + "'");
  }

  private void checkTitle() {
    String first =
        notebook.cells().isEmpty() ? "" : Notebook.source(notebook.cells().getFirst()).strip();
    String title = first.lines().findFirst().orElse("");
    require(title.startsWith("# ") && title.endsWith("?"), "the title is no question: " + title);
  }

  private void checkCells() {
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (JsonNode cell : notebook.cells()) {
      number++;
      String where = "cell " + number;
      String type = cell.path("cell_type").asText();
      String id = cell.path("id").asText();
      require(CELL_TYPES.contains(type), where + " has the type '" + type + "'");
      require(CELL_ID.matcher(id).matches(), where + " has no valid id");
      require(ids.add(id), where + " has the id of another: " + id);
      require(cell.path("metadata").isObject(), where + " has no metadata");
      require(cell.has("source"), where + " has no source");
      if (type.equals("code")) {
        checkOutputs(where, cell.path("outputs"));
      }
    }
  }

  private void checkOutputs(String where, JsonNode outputs) {
    require(outputs.isArray(), where + " has no list of outputs");
    for (JsonNode output : outputs) {
      String type = output.path("output_type").asText();
      require(OUTPUT_TYPES.contains(type), where + " has an output of type '" + type + "'");
      require(!type.equals("error"), where + " failed: " + output.path("ename").asText());
      require(
          !output.path("name").asText().equals("stderr"),
          where + " printed to stderr: " + Notebook.text(output.path("text")).strip());
      var home = HOME_FOLDER.matcher(output.toString());
      require(!home.find(), () -> where + " shows somebody's folder: " + home.group());
    }
  }

  private void checkExecution() {
    int expected = 0;
    for (JsonNode cell : notebook.codeCells()) {
      expected++;
      JsonNode count = cell.path("execution_count");
      if (count.asInt() != expected) {
        breaches.add(
            "code cell %d has the execution count %s: it was not run from top to bottom"
                .formatted(expected, count));
        return;
      }
    }
  }

  private void checkCellLength() {
    int[] lengths =
        notebook.codeCells().stream()
            .mapToInt(cell -> (int) Notebook.source(cell).strip().lines().count())
            .sorted()
            .toArray();
    require(lengths.length > 0, "there is no code");
    if (lengths.length > 0) {
      int p90 = lengths[(int) Math.ceil(0.9 * lengths.length) - 1];
      require(p90 <= LONGEST_CELL_AT_P90, "a tenth of the code cells has %d lines".formatted(p90));
    }
  }

  private void require(boolean kept, String breach) {
    require(kept, () -> breach);
  }

  private void require(boolean kept, Supplier<String> breach) {
    if (!kept) {
      breaches.add(breach.get());
    }
  }
}
