package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.nn.TensorSpec;
import dev.embedlab.safetensors.TensorInfo;
import dev.embedlab.safetensors.TensorStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the tensors of an architecture in a file that may name them otherwise: behind a prefix such
 * as {@code bert.}, or with TensorFlow's {@code gamma} and {@code beta} for weight and bias.
 */
final class TensorNames {

  private final TensorStore store;
  private final Map<String, String> stored = new LinkedHashMap<>();
  private final String prefix;

  /** Our name to the name in the file, for those tensors that are wanted and there. */
  private final Map<String, String> matches = new LinkedHashMap<>();

  private TensorNames(TensorStore store, List<TensorSpec> specs) {
    this.store = store;
    store.tensors().keySet().forEach(name -> stored.put(modern(name), name));
    this.prefix = findPrefix(specs.getFirst().name());
    specs.forEach(this::match);
  }

  /**
   * @throws ConfigException if tensors are missing or have other shapes than the configuration says
   */
  static TensorNames match(TensorStore store, List<TensorSpec> specs) {
    TensorNames names = new TensorNames(store, specs);
    List<String> missing =
        specs.stream()
            .filter(spec -> !spec.optional() && !names.matches.containsKey(spec.name()))
            .map(TensorSpec::name)
            .toList();
    if (!missing.isEmpty()) {
      throw new ConfigException(
          store.folder(),
          "%d tensors are missing from the weights: %s%s."
              .formatted(
                  missing.size(),
                  String.join(", ", missing.subList(0, Math.min(5, missing.size()))),
                  missing.size() > 5 ? ", ..." : ""));
    }
    specs.forEach(names::checkShape);
    return names;
  }

  private static String modern(String name) {
    if (name.endsWith("LayerNorm.gamma")) {
      return name.substring(0, name.length() - "gamma".length()) + "weight";
    }
    if (name.endsWith("LayerNorm.beta")) {
      return name.substring(0, name.length() - "beta".length()) + "bias";
    }
    return name;
  }

  private String findPrefix(String anchor) {
    return stored.keySet().stream()
        .filter(name -> name.equals(anchor) || name.endsWith("." + anchor))
        .map(name -> name.substring(0, name.length() - anchor.length()))
        .min(java.util.Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** Heads of classifiers carry no prefix, so both names are tried. */
  private void match(TensorSpec spec) {
    Optional.ofNullable(stored.get(prefix + spec.name()))
        .or(() -> Optional.ofNullable(stored.get(spec.name())))
        .ifPresent(name -> matches.put(spec.name(), name));
  }

  private void checkShape(TensorSpec spec) {
    String name = matches.get(spec.name());
    if (name == null) {
      return;
    }
    TensorInfo info = store.tensors().get(name);
    if (!spec.accepts(info.shape()) || !info.dtype().isFloat()) {
      throw new ConfigException(
          store.folder(),
          "tensor '%s' is %s %s, but config.json asks for floats of shape %s."
              .formatted(
                  name,
                  info.dtype(),
                  info.shape(),
                  spec.shape().toString().replace(Long.toString(TensorSpec.ANY), "any")));
    }
  }

  /** Our name to the name in the file. */
  Map<String, String> matches() {
    return matches;
  }

  /** What stands in front of the encoder's tensors in the file. */
  String prefix() {
    return prefix;
  }

  /** Names in the file that nothing here uses. */
  List<String> unused() {
    Set<String> rest = new LinkedHashSet<>(store.tensors().keySet());
    matches.values().forEach(rest::remove);
    return new ArrayList<>(rest);
  }
}
