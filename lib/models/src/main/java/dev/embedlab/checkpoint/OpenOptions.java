package dev.embedlab.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.embedlab.config.ConfigException;
import dev.embedlab.engine.Backend;
import dev.embedlab.hub.FilePatterns;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to open a model.
 *
 * @param backend what runs it
 * @param onnxFile which graph of the checkpoint {@link Backend#ONNX_FILE} runs, relative to it
 * @param maxTokens cuts texts earlier, or later, than the checkpoint says, within what its
 *     positions allow
 * @param pooling how token vectors become one, instead of what the checkpoint says; empty keeps
 *     that
 * @param expectedTexts how many texts will be encoded, by a guess; for few of them {@link
 *     Backend#AUTO} starts sooner and compares less
 */
public record OpenOptions(
    Backend backend,
    String onnxFile,
    OptionalInt maxTokens,
    List<PoolingMode> pooling,
    long expectedTexts) {

  private static final String ONNX_FILE = "onnx/model.onnx";

  /** Where older exporters put the graph. */
  static final String ROOT_ONNX_FILE = "model.onnx";

  public OpenOptions {
    requireNonNull(backend, "backend");
    requireNonNull(onnxFile, "onnxFile");
    requireNonNull(maxTokens, "maxTokens");
    pooling = List.copyOf(pooling);
    if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "maxTokens must be positive, but is %d.".formatted(maxTokens.getAsInt()));
    }
    if (expectedTexts < 0) {
      throw new IllegalArgumentException(
          "expectedTexts cannot be negative, but is %d.".formatted(expectedTexts));
    }
  }

  /** The fastest exact backend, lengths as the checkpoint says. */
  public static OpenOptions defaults() {
    return new OpenOptions(Backend.AUTO, ONNX_FILE, OptionalInt.empty(), List.of(), Long.MAX_VALUE);
  }

  public OpenOptions withBackend(Backend value) {
    return new OpenOptions(value, onnxFile, maxTokens, pooling, expectedTexts);
  }

  /**
   * As command lines choose it.
   *
   * @param label of a {@link Backend}, or a file of the checkpoint that ends in {@code .onnx}
   * @throws IllegalArgumentException if there is no backend of this name
   */
  public OpenOptions withBackend(String label) {
    return label.endsWith(".onnx") ? withOnnxFile(label) : withBackend(Backend.named(label));
  }

  /**
   * Runs a graph that comes with the checkpoint.
   *
   * @param file relative to the folder of the checkpoint, for example {@code onnx/model_O3.onnx}
   */
  public OpenOptions withOnnxFile(String file) {
    return new OpenOptions(Backend.ONNX_FILE, file, maxTokens, pooling, expectedTexts);
  }

  public OpenOptions withMaxTokens(int value) {
    return new OpenOptions(backend, onnxFile, OptionalInt.of(value), pooling, expectedTexts);
  }

  /**
   * Pools in another way than the checkpoint says, for example a plain encoder, which says nothing
   * and would be averaged, by its first token. Saving the model keeps it.
   *
   * @param modes several are concatenated, in the order of {@link PoolingMode}
   */
  public OpenOptions withPooling(PoolingMode... modes) {
    List<PoolingMode> ordered = Arrays.stream(modes).distinct().sorted().toList();
    return new OpenOptions(backend, onnxFile, maxTokens, ordered, expectedTexts);
  }

  /** Says how many texts will be encoded; without, they are taken for many. */
  public OpenOptions withExpectedTexts(long value) {
    return new OpenOptions(backend, onnxFile, maxTokens, pooling, value);
  }

  /** The modules of a checkpoint with the pooling that is asked for. */
  List<ModuleSpec> pooled(Path folder, List<ModuleSpec> modules) {
    if (pooling.isEmpty()) {
      return modules;
    }
    if (modules.stream().noneMatch(ModuleSpec.Pooling.class::isInstance)) {
      throw new ConfigException(
          folder, "it has no pooling module, so its pooling cannot be changed.");
    }
    return modules.stream().map(this::pooled).toList();
  }

  private ModuleSpec pooled(ModuleSpec module) {
    return module instanceof ModuleSpec.Pooling(var path, var width, var _, var prompt)
        ? new ModuleSpec.Pooling(path, width, pooling, prompt)
        : module;
  }

  /** Whether no other graph was asked for. */
  boolean hasUsualOnnxFile() {
    return onnxFile.equals(ONNX_FILE);
  }

  /** What must be fetched if the model is on a hub. */
  FilePatterns files() {
    FilePatterns usual = FilePatterns.checkpoint();
    return backend == Backend.ONNX_FILE ? usual.withGraphs(List.of(onnxFile)) : usual;
  }

  /** What must be fetched too if that turned out to have no weights. */
  Optional<FilePatterns> filesWithoutWeights() {
    return backend == Backend.AUTO || backend == Backend.ONNX
        ? Optional.of(FilePatterns.checkpoint().withGraphs(List.of(ONNX_FILE, ROOT_ONNX_FILE)))
        : Optional.empty();
  }

  /** The limit to use for a model that would take {@code own} and could take {@code possible}. */
  int limit(int own, int possible) {
    if (maxTokens.orElse(own) > possible) {
      throw new IllegalArgumentException(
          "maxTokens is %d, but the model's positions end at %d."
              .formatted(maxTokens.getAsInt(), possible));
    }
    return maxTokens.orElse(own);
  }
}
