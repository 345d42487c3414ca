package dev.embedlab.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.embedlab.engine.Backend;
import dev.embedlab.hub.FilePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How to open a model.
 *
 * @param backend what runs it
 * @param onnxFile which graph of the checkpoint {@link Backend#ONNX_FILE} runs, relative to it
 * @param maxTokens cuts texts earlier, or later, than the checkpoint says, within what its
 *     positions allow
 */
public record OpenOptions(Backend backend, String onnxFile, OptionalInt maxTokens) {

  private static final String ONNX_FILE = "onnx/model.onnx";

  public OpenOptions {
    requireNonNull(backend, "backend");
    requireNonNull(onnxFile, "onnxFile");
    requireNonNull(maxTokens, "maxTokens");
    if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "maxTokens must be positive, but is %d.".formatted(maxTokens.getAsInt()));
    }
  }

  /** The fastest exact backend, lengths as the checkpoint says. */
  public static OpenOptions defaults() {
    return new OpenOptions(Backend.AUTO, ONNX_FILE, OptionalInt.empty());
  }

  public OpenOptions withBackend(Backend value) {
    return new OpenOptions(value, onnxFile, maxTokens);
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
    return new OpenOptions(Backend.ONNX_FILE, file, maxTokens);
  }

  public OpenOptions withMaxTokens(int value) {
    return new OpenOptions(backend, onnxFile, OptionalInt.of(value));
  }

  /** What must be fetched if the model is on a hub. */
  FilePatterns files() {
    FilePatterns usual = FilePatterns.checkpoint();
    if (backend != Backend.ONNX_FILE) {
      return usual;
    }
    List<String> allow = new ArrayList<>(usual.allow());
    allow.addAll(List.of(onnxFile, onnxFile + "_data"));
    List<String> ignore = usual.ignore().stream().filter(p -> !p.equals("onnx/*")).toList();
    return new FilePatterns(allow, ignore);
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
