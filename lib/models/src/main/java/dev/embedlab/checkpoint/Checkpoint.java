package dev.embedlab.checkpoint;

import ai.djl.nn.Parameter;
import dev.embedlab.engine.Weights;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenizerSettings;
import dev.embedlab.nn.Network;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a checkpoint folder in memory.
 *
 * @param name as reports show the model
 * @param folder where it was read from; tokenizer files are copied from here on saving
 * @param modules as in {@code modules.json}
 * @param network the encoder, with a head if it is a cross-encoder
 * @param config prompts and similarity
 * @param tokenizerSettings how texts become ids
 * @param tokenizer does it
 * @param weights all parameters; those of modules after the encoder are named {@code
 *     path/linear.weight}
 * @param report what became of the tensors in the files
 * @param graph the ONNX graph that runs the encoder of a checkpoint without safetensors, relative
 *     to the folder; such a checkpoint has no parameters of the encoder, and cannot be trained or
 *     saved
 */
public record Checkpoint(
    String name,
    Path folder,
    List<ModuleSpec> modules,
    Network network,
    SentenceConfig config,
    TokenizerSettings tokenizerSettings,
    TextTokenizer tokenizer,
    Weights weights,
    LoadReport report,
    Optional<String> graph)
    implements AutoCloseable {

  public Checkpoint {
    modules = List.copyOf(modules);
  }

  /** Name to parameter, in the order of the checkpoint. */
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  /** The name of a layer, or else what stands before the first dot or slash. */
  private static final Pattern PART = Pattern.compile("(?:.*?\\blayers?\\.\\d+|[^./]+)(?=[./])");

  /**
   * How many numbers each part of the model has, in the order of the checkpoint: the embeddings,
   * each layer, each later module, for example {@code encoder.layer.0} to 1,774,464.
   */
  public Map<String, Long> parametersByPart() {
    Map<String, Long> counts = new LinkedHashMap<>();
    parameters()
        .forEach(
            (tensor, parameter) -> {
              Matcher part = PART.matcher(tensor);
              counts.merge(
                  part.lookingAt() ? part.group() : tensor, parameter.getArray().size(), Long::sum);
            });
    return Collections.unmodifiableMap(counts);
  }

  /** Length of the vectors after the last module, before any truncation. */
  public int fullDimension() {
    return ModuleChecker.dimension(folder, network.backbone().hiddenSize(), modules);
  }

  /**
   * @param use what they are needed for, for example {@code trained}
   * @throws IllegalStateException if the checkpoint has a graph and no weights
   */
  void requireWeights(String use) {
    if (graph.isPresent()) {
      throw new IllegalStateException(
          "'%s' has no weights, only the graph %s, so it cannot be %s."
              .formatted(name, graph.get(), use));
    }
  }

  /** Id that short rows of a batch are filled with; masked, so any known id does. */
  long paddingId() {
    long padding = network.backbone().geometry().paddingId();
    return padding >= 0 && padding < tokenizerSettings.vocabulary() ? padding : 0;
  }

  @Override
  public void close() {
    tokenizer.close();
    weights.close();
  }
}
