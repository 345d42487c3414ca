package dev.embedlab.evaluate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a result comes from, enough to make it again.
 *
 * @param dataset name
 * @param split name; empty if the data set has none
 * @param fingerprint sha256 of the data; empty if only vectors or a run were known
 * @param parameters of the evaluation, for example depth, seed and resamples
 */
public record Provenance(
    String dataset, String split, String fingerprint, Map<String, String> parameters) {

  public Provenance {
    Map<String, String> all = new TreeMap<>(parameters);
    all.putIfAbsent("java", Runtime.version().toString());
    parameters = Collections.unmodifiableMap(all);
  }
}
