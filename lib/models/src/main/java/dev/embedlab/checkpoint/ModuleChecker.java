package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the lengths of vectors from module to module, and checks that each fits the next. */
final class ModuleChecker {

  private final Path folder;

  /** Name of what modules exchange to the length of its vectors. */
  private final Map<String, Integer> widths = new HashMap<>();

  private ModuleChecker(Path folder) {
    this.folder = folder;
  }

  /**
   * @param hiddenSize length of the vectors that the encoder gives
   * @return length of the vectors of texts after the last module
   * @throws ConfigException if a module gets what it does not take
   */
  static int dimension(Path folder, int hiddenSize, List<ModuleSpec> modules) {
    ModuleChecker checker = new ModuleChecker(folder);
    modules.forEach(module -> checker.follow(module, hiddenSize));
    Integer dimension = checker.widths.get(ModuleSpec.SENTENCE);
    if (dimension == null) {
      throw new ConfigException(
          folder.resolve("modules.json"), "no module makes one vector of each text.");
    }
    return dimension;
  }

  private void follow(ModuleSpec module, int hiddenSize) {
    switch (module) {
      case ModuleSpec.Transformer _ -> widths.put(ModuleSpec.TOKENS, hiddenSize);
      case ModuleSpec.StaticEmbedding _ -> widths.put(ModuleSpec.SENTENCE, hiddenSize);
      case ModuleSpec.Pooling pooling -> {
        int width = width(pooling, ModuleSpec.TOKENS);
        requireEqual(pooling, pooling.dimension() == 0 ? width : pooling.dimension(), width);
        widths.put(ModuleSpec.SENTENCE, width * pooling.modes().size());
      }
      case ModuleSpec.Dense dense -> {
        requireEqual(dense, dense.inFeatures(), width(dense, dense.input()));
        widths.put(dense.output(), dense.outFeatures());
      }
      case ModuleSpec.LayerNorm norm ->
          requireEqual(norm, norm.dimension(), width(norm, ModuleSpec.SENTENCE));
      case ModuleSpec.Normalize norm -> {
        // As in Python, it does nothing where there is nothing to scale.
        if (widths.containsKey(norm.input())) {
          widths.put(norm.output(), widths.get(norm.input()));
        }
      }
      case ModuleSpec.Dropout dropout -> width(dropout, ModuleSpec.SENTENCE);
    }
  }

  private int width(ModuleSpec module, String feature) {
    Integer width = widths.get(feature);
    if (width == null) {
      throw new ConfigException(
          folder.resolve(module.path()).resolve("config.json"),
          "the module reads '%s', which no module before it makes.".formatted(feature));
    }
    return width;
  }

  private void requireEqual(ModuleSpec module, int expected, int width) {
    if (expected != width) {
      throw new ConfigException(
          folder.resolve(module.path()).resolve("config.json"),
          "the module takes vectors of length %d, but gets %d.".formatted(expected, width));
    }
  }
}
