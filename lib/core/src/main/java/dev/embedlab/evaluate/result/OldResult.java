package dev.embedlab.evaluate.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Result files of MTEB before 1.11: splits at the top level, languages below them or none, and no
 * {@code main_score}, which is told from the scores that are there.
 */
final class OldResult {

  private static final List<List<String>> MAIN_SCORES =
      List.of(
          List.of("main_score"),
          List.of("ndcg_at_10"),
          List.of("cos_sim", "spearman"),
          List.of("cos_sim", "ap"),
          List.of("v_measure"),
          List.of("accuracy"),
          List.of("map"),
          List.of("f1"));

  private OldResult() {}

  static MtebResult read(Path file, Map<String, Object> json) {
    String task = MtebResult.text(json, "mteb_dataset_name");
    if (task.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no result file: it has neither 'scores' nor 'mteb_dataset_name'.".formatted(file));
    }
    Map<String, List<Map<String, Object>>> scores = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> split) {
            scores.put(name, subsets(split));
          }
        });
    return new MtebResult(
        task,
        MtebResult.text(json, "dataset_revision"),
        MtebResult.text(json, "mteb_version"),
        scores,
        0);
  }

  private static List<Map<String, Object>> subsets(Map<?, ?> split) {
    if (mainScore(split).isPresent()) {
      return List.of(entry("default", split));
    }
    List<Map<String, Object>> entries = new ArrayList<>();
    split.forEach(
        (subset, scores) -> {
          if (scores instanceof Map<?, ?> map && mainScore(map).isPresent()) {
            entries.add(entry("" + subset, map));
          }
        });
    return entries;
  }

  private static Map<String, Object> entry(String subset, Map<?, ?> scores) {
    Map<String, Object> entry = new LinkedHashMap<>();
    scores.forEach((name, value) -> entry.put("" + name, value));
    entry.put("main_score", mainScore(scores).orElseThrow());
    entry.put("hf_subset", subset);
    return entry;
  }

  private static Optional<Double> mainScore(Map<?, ?> scores) {
    for (List<String> path : MAIN_SCORES) {
      Object value = scores;
      for (String name : path) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
      if (value instanceof Number number) {
        return Optional.of(number.doubleValue());
      }
    }
    return Optional.empty();
  }
}
