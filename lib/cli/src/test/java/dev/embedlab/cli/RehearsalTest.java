package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command line on small data sets in the layouts that MTEB's tasks have on the hub, against the
 * scores that the libraries MTEB calls give. The cases come from {@code
 * src/test/python/rehearsal.py}; larger ones from a folder that the property {@code
 * embedlab.rehearsal} names.
 */
class RehearsalTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TempDir static Path temporary;

  @TestFactory
  Stream<DynamicTest> scoresAsMteb() throws IOException {
    String given = System.getProperty("embedlab.rehearsal");
    Path home = given == null ? unpacked() : Path.of(given);
    List<Path> cases;
    try (Stream<Path> folders = Files.list(home)) {
      cases = folders.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(cases).hasSizeGreaterThan(40);
    return cases.stream()
        .map(folder -> DynamicTest.dynamicTest("" + folder.getFileName(), () -> check(folder)));
  }

  private static Path unpacked() throws IOException {
    try (InputStream file = RehearsalTest.class.getResourceAsStream("/rehearsal.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = temporary.resolve("cases").resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          Files.write(target, zip.readAllBytes());
        }
      }
    }
    return temporary.resolve("cases");
  }

  private static void check(Path folder) throws IOException {
    JsonNode wanted = JSON.readTree(folder.resolve("case.json").toFile());
    Path results = temporary.resolve("results").resolve(folder.getFileName());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(arguments(folder, wanted, results));
    assertThat(code).as("%s%s", out, err).isZero();
    JsonNode scores = stored(results);
    double tolerance = wanted.path("tolerance").asDouble();
    for (var expected : wanted.path("expected").properties()) {
      assertThat(scores.path(expected.getKey()).asDouble(Double.NaN))
          .as("%s in%n%s", expected.getKey(), out)
          .isEqualTo(expected.getValue().asDouble(), within(tolerance));
    }
    String last = out.toString().strip().lines().toList().getLast();
    assertThat(Double.parseDouble(last))
        .isEqualTo(scores.path("main_score").asDouble(), within(1e-5));
  }

  private static String[] arguments(Path folder, JsonNode wanted, Path results) {
    List<String> files =
        IntStream.range(0, wanted.path("vectors").asInt())
            .mapToObj(i -> folder.resolve(i + ".npy").toString())
            .toList();
    List<String> arguments = new ArrayList<>(List.of("evaluate"));
    arguments.addAll(List.of("--model", "vectors:" + String.join(",", files)));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    arguments.addAll(List.of("--task", wanted.path("task").asText(), "--out", "" + results));
    for (JsonNode argument : wanted.path("arguments")) {
      Path inData = folder.resolve("data").resolve(argument.asText());
      arguments.add(Files.isRegularFile(inData) ? inData.toString() : argument.asText());
    }
    return arguments.toArray(String[]::new);
  }

  /** The scores of the only result file. */
  private static JsonNode stored(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      Path file =
          files
              .filter(f -> f.toString().endsWith(".json") && !f.endsWith("model_meta.json"))
              .findFirst()
              .orElseThrow();
      return JSON.readTree(file.toFile()).path("scores").path("test").path(0);
    }
  }
}
