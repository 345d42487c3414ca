package dev.embedlab.evaluate.result;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.evaluate.PerQueryScores;
import dev.embedlab.statistics.Bootstrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of results laid out as MTEB's: {@code org__model/revision/Task.json} with {@code
 * model_meta.json} beside it. Nothing is overwritten: an older result of the same task moves to
 * {@code history/}. The values of single queries, which paired tests need, stand in {@code
 * queries/Task.jsonl}.
 *
 * @param folder that holds the models
 */
public record ResultStore(Path folder) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String META = "model_meta.json";

  /**
   * One stored result.
   *
   * @param model that it belongs to
   * @param result as the file holds it
   * @param file it stands in
   */
  public record Entry(ModelCard model, MtebResult result, Path file) {}

  /** Adds a result; returns its file. */
  public Path add(ModelCard model, MtebResult result) {
    Path home = home(model);
    Path file = home.resolve(fileName(result.task()) + ".json");
    keepOld(file);
    result.write(file);
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("name", model.name());
    meta.put("revision", model.revision());
    meta.put("embed_dim", model.dimension() == 0 ? null : model.dimension());
    meta.put("n_parameters", model.parameters() == 0 ? null : model.parameters());
    meta.put("texts_per_second", model.textsPerSecond() == 0 ? null : model.textsPerSecond());
    meta.put("languages", List.of());
    writeJson(home.resolve(META), meta);
    return file;
  }

  /** Adds a result with the values of its queries. */
  public Path add(ModelCard model, MtebResult result, PerQueryScores queries) {
    Path file = add(model, result);
    Path values = queriesFile(file);
    keepOld(values);
    List<String> lines = new ArrayList<>();
    for (int q = 0; q < queries.queryIds().size(); q++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("query", queries.queryIds().get(q));
      for (String metric : queries.metrics()) {
        line.put(metric, queries.values(metric)[q]);
      }
      lines.add(JSON.valueToTree(line).toString());
    }
    write(values, String.join("\n", lines) + "\n");
    return file;
  }

  private Path home(ModelCard model) {
    return folder.resolve(fileName(model.name())).resolve(fileName(model.revision()));
  }

  /** {@code org/name} becomes {@code org__name}; what no file name holds becomes a dash. */
  private static String fileName(String name) {
    String safe = name.replace("/", "__").replaceAll("[^A-Za-z0-9._ \\p{L}-]", "-");
    return safe.startsWith(".") ? "_" + safe : safe;
  }

  private static Path queriesFile(Path result) {
    String name = result.getFileName().toString().replaceFirst("\\.json$", ".jsonl");
    return result.resolveSibling("queries").resolve(name);
  }

  private static void keepOld(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Path history = file.resolveSibling("history");
    try {
      Files.createDirectories(history);
      int number = 1;
      while (Files.exists(history.resolve(number + "-" + file.getFileName()))) {
        number++;
      }
      Files.move(file, history.resolve(number + "-" + file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the old " + file + ": " + e.getMessage(), e);
    }
  }

  private static void writeJson(Path file, Object value) {
    write(file, JSON.valueToTree(value).toPrettyString() + "\n");
  }

  private static void write(Path file, String text) {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(temporary, text);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** All results of all models, also of a clone of MTEB's results repository. */
  public List<Entry> read() {
    try (Stream<Path> files = Files.walk(folder, 4)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().equals(META))
          .filter(file -> !file.getParent().getFileName().toString().equals("history"))
          .sorted()
          .map(file -> new Entry(card(file), MtebResult.read(file), file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static ModelCard card(Path file) {
    Path home = file.toAbsolutePath().getParent();
    Path above = home.getParent();
    boolean hasRevision = above != null && above.getFileName() != null;
    String name = (hasRevision ? above : home).getFileName().toString().replace("__", "/");
    Path meta = home.resolve(META);
    if (!Files.exists(meta)) {
      return new ModelCard(name);
    }
    try {
      Map<String, Object> json =
          JSON.readValue(meta.toFile(), new TypeReference<Map<String, Object>>() {});
      Object stored = json.getOrDefault("name", json.get("model_name"));
      return new ModelCard(
          stored == null ? name : stored.toString(),
          json.get("revision") == null ? ModelCard.NO_REVISION : json.get("revision").toString(),
          json.get("embed_dim") instanceof Number n ? n.intValue() : 0,
          json.get("n_parameters") instanceof Number n ? n.longValue() : 0,
          json.get("texts_per_second") instanceof Number n ? n.doubleValue() : 0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is no model_meta.json: %s".formatted(meta, e.getMessage()), e);
    }
  }

  /** The values of a result's queries, if they were stored. */
  public static Optional<PerQueryScores> queries(Entry entry) {
    Path file = queriesFile(entry.file());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> ids = new ArrayList<>();
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        JSON.readTree(line)
            .properties()
            .forEach(
                field -> {
                  if (field.getKey().equals("query")) {
                    ids.add(field.getValue().asText());
                  } else {
                    columns
                        .computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                        .add(field.getValue().asDouble());
                  }
                });
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    columns.forEach(
        (metric, list) ->
            values.put(metric, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return Optional.of(PerQueryScores.of(entry.model().name(), ids, values, Bootstrap.standard()));
  }
}
