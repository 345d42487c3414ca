package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.safetensors.SafetensorsFile;
import dev.embedlab.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a run stands. With the seed, these are all that the next step depends on: the order of
 * batches and the masks of dropout are functions of the number of the step.
 *
 * @param step steps made
 * @param losses of those steps
 * @param evaluations made so far
 * @param tensors weights, moments and counters of the optimizer, and the best weights
 */
public record TrainingState(
    long step,
    List<Float> losses,
    List<TrainingHistory.Scored> evaluations,
    Map<String, float[]> tensors) {

  /** Parts the settings of a fingerprint, of which messages show those that differ. */
  static final String BETWEEN = "; ";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TENSORS = "state.safetensors";
  private static final String PREFIX = "step-";
  private static final String UNFINISHED = "part-";
  private static final Pattern STATE = Pattern.compile(PREFIX + "\\d{9,}");
  private static final Pattern OWN = Pattern.compile(PREFIX + "\\d{9,}|" + UNFINISHED + "\\d+");

  public TrainingState {
    losses = List.copyOf(losses);
    evaluations = List.copyOf(evaluations);
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Writes {@code folder/step-N}, which appears only when it is complete, then deletes older ones
   * and what interrupted calls left. Everything else in the folder stays.
   *
   * @param fingerprint of the settings and data of the run
   */
  public void save(Path folder, String fingerprint) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(PREFIX + "%09d".formatted(step));
    Path part = Files.createTempDirectory(folder, UNFINISHED);
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach((name, values) -> writer.add(name, values, values.length));
    writer.write(part.resolve(TENSORS));
    JSON.writeValue(part.resolve("state.json").toFile(), toJson(fingerprint));
    if (!Files.exists(target)) {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
    for (Path other : children(folder, OWN)) {
      if (!other.equals(target)) {
        delete(other);
      }
    }
  }

  private ObjectNode toJson(String fingerprint) {
    ObjectNode json = JSON.createObjectNode().put("step", step).put("settings", fingerprint);
    losses.forEach(json.putArray("losses")::add);
    var scores = json.putArray("evaluations");
    evaluations.forEach(e -> scores.addObject().put("step", e.step()).put("score", e.score()));
    return json;
  }

  /**
   * The newest complete state of a folder; empty if there is none.
   *
   * @throws IllegalArgumentException if it belongs to a run with other settings or data
   */
  public static Optional<TrainingState> load(Path folder, String fingerprint) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Optional<Path> newest =
        children(folder, STATE).stream().max(java.util.Comparator.naturalOrder());
    return newest.isEmpty() ? Optional.empty() : Optional.of(read(newest.get(), fingerprint));
  }

  private static TrainingState read(Path folder, String fingerprint) throws IOException {
    JsonNode json = JSON.readTree(folder.resolve("state.json").toFile());
    String made = json.path("settings").asText();
    if (!made.equals(fingerprint)) {
      throw new IllegalArgumentException(
          "%s was made by a run with other settings or data (%s, now %s); go back to the old settings to resume it, or name another folder to start anew."
              .formatted(folder, without(made, fingerprint), without(fingerprint, made)));
    }
    List<Float> losses = new ArrayList<>();
    json.path("losses").forEach(node -> losses.add(node.floatValue()));
    List<TrainingHistory.Scored> scores = new ArrayList<>();
    json.path("evaluations")
        .forEach(
            node ->
                scores.add(
                    new TrainingHistory.Scored(
                        node.path("step").asLong(), node.path("score").asDouble())));
    Map<String, float[]> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(TENSORS))) {
      file.tensors().keySet().forEach(name -> tensors.put(name, file.floats(name)));
    }
    return new TrainingState(json.path("step").asLong(), losses, scores, tensors);
  }

  /** The parts of a fingerprint that another has not. */
  private static String without(String fingerprint, String other) {
    List<String> parts = new ArrayList<>(List.of(fingerprint.split(BETWEEN)));
    parts.removeAll(List.of(other.split(BETWEEN)));
    return String.join(BETWEEN, parts);
  }

  /** Copies saved values into arrays of the same names. */
  public static void restore(Map<String, float[]> saved, Map<String, NDArray> into) {
    into.forEach(
        (name, array) -> {
          float[] values = saved.get(name);
          if (values == null || values.length != array.size()) {
            throw new IllegalArgumentException(
                "The checkpoint holds no tensor '%s' of %d values; it belongs to another model."
                    .formatted(name, array.size()));
          }
          array.set(java.nio.FloatBuffer.wrap(values));
        });
  }

  /** Directories by that name; the folder may hold others that are none of its business. */
  private static List<Path> children(Path folder, Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> name.matcher(path.getFileName().toString()).matches())
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
