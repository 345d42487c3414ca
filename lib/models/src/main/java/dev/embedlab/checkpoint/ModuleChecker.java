package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import java.nio.file.Path;
import java.util.List;

/** Checks that what one module gives is what the next one takes. */
final class ModuleChecker {

  private final Path folder;
  private int dimension;

  ModuleChecker(Path folder, int hiddenSize) {
    this.folder = folder;
    this.dimension = hiddenSize;
  }

  void check(List<ModuleSpec> modules) {
    for (ModuleSpec module : modules) {
      switch (module) {
        case ModuleSpec.Pooling pooling -> {
          if (pooling.dimension() != 0) {
            requireEqual(pooling, pooling.dimension());
          }
          dimension = dimension * pooling.modes().size();
        }
        case ModuleSpec.Dense dense -> {
          requireEqual(dense, dense.inFeatures());
          dimension = dense.outFeatures();
        }
        case ModuleSpec.LayerNorm norm -> requireEqual(norm, norm.dimension());
        default -> {}
      }
    }
  }

  private void requireEqual(ModuleSpec module, int expected) {
    if (expected != dimension) {
      throw new ConfigException(
          folder.resolve(module.path()).resolve("config.json"),
          "the module takes vectors of length %d, but gets %d.".formatted(expected, dimension));
    }
  }
}
