package dev.embedlab.evaluate.result;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.evaluate.task.TaskScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One of MTEB's result files: the scores of one model on one task. Files of MTEB before 1.11, which
 * name their fields differently, are read too.
 *
 * @param task name
 * @param datasetRevision revision of the data set, or its fingerprint
 * @param mtebVersion whose protocol was followed
 * @param scores split to one map of scores a language subset; each holds {@code main_score}, {@code
 *     hf_subset} and {@code languages}
 * @param seconds the evaluation took; 0 if not known
 */
public record MtebResult(
    String task,
    String datasetRevision,
    String mtebVersion,
    Map<String, List<Map<String, Object>>> scores,
    double seconds) {

  /** The version whose protocol and file format this library follows. */
  public static final String PROTOCOL = "2.0.0";

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  /**
   * A result of this library.
   *
   * @param split judged
   * @param subset MTEB's name of the language subset, {@code default} if there is one only
   * @param languages as MTEB writes them, for example {@code eng-Latn}
   * @param datasetRevision revision or fingerprint of the data
   */
  public static MtebResult of(
      TaskScores scores,
      String split,
      String subset,
      List<String> languages,
      String datasetRevision,
      double seconds) {
    Map<String, Object> all = new LinkedHashMap<>(scores.scores());
    // Ranking scores are rounded to five decimals, the main score among them.
    all.put("main_score", scores.score(scores.mainMetric()));
    all.put("main_score_low", scores.interval().low());
    all.put("main_score_high", scores.interval().high());
    all.put("hf_subset", subset);
    all.put("languages", languages);
    all.put("mteb_version", PROTOCOL);
    return new MtebResult(
        scores.task(), datasetRevision, PROTOCOL, Map.of(split, List.of(all)), seconds);
  }

  /** The mean of the main scores over splits and subsets, as MTEB's leaderboard takes it. */
  public OptionalDouble mainScore() {
    return scores.values().stream()
        .flatMap(List::stream)
        .map(entry -> entry.get("main_score"))
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .average();
  }

  /**
   * @throws IllegalArgumentException if the file is no such result
   */
  public static MtebResult read(Path file) {
    Map<String, Object> json;
    try {
      json = JSON.readValue(file.toFile(), MAP);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException("%s is no result file: %s".formatted(file, reason), e);
    }
    return json.containsKey("scores") ? current(file, json) : OldResult.read(file, json);
  }

  private static MtebResult current(Path file, Map<String, Object> json) {
    Map<String, List<Map<String, Object>>> scores = new LinkedHashMap<>();
    if (!(json.get("scores") instanceof Map<?, ?> splits)) {
      throw new IllegalArgumentException("%s: 'scores' should be an object.".formatted(file));
    }
    splits.forEach((split, entries) -> scores.put("" + split, entries(file, entries)));
    return new MtebResult(
        text(json, "task_name"),
        text(json, "dataset_revision"),
        text(json, "mteb_version"),
        scores,
        json.get("evaluation_time") instanceof Number seconds ? seconds.doubleValue() : 0);
  }

  private static List<Map<String, Object>> entries(Path file, Object entries) {
    List<Map<String, Object>> list = new ArrayList<>();
    if (!(entries instanceof List<?> all)) {
      throw new IllegalArgumentException(
          "%s: the scores of a split should be a list.".formatted(file));
    }
    for (Object entry : all) {
      list.add(JSON.convertValue(entry, MAP));
    }
    return list;
  }

  static String text(Map<String, Object> json, String field) {
    return json.get(field) == null ? "" : json.get(field).toString();
  }

  /** Writes the file as MTEB does: numbers rounded to six decimals, a temporary file moved. */
  public void write(Path file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset_revision", datasetRevision);
    json.put("task_name", task);
    json.put("mteb_version", mtebVersion);
    json.put("scores", rounded(scores));
    json.put("evaluation_time", seconds);
    json.put("kg_co2_emissions", null);
    json.put("date", null);
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writeValue(temporary.toFile(), json);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Object rounded(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put("" + key, rounded(item)));
        yield copy;
      }
      case List<?> list -> list.stream().map(MtebResult::rounded).toList();
      case Double number when Double.isFinite(number) ->
          new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN).doubleValue();
      case null, default -> value;
    };
  }
}
