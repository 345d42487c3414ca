package dev.embedlab.checkpoint;

import ai.djl.nn.Parameter;
import dev.embedlab.engine.Weights;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenizerSettings;
import dev.embedlab.nn.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    LoadReport report)
    implements AutoCloseable {

  public Checkpoint {
    modules = List.copyOf(modules);
  }

  /** Name to parameter, in the order of the checkpoint. */
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  /** Length of the vectors after the last module, before any truncation. */
  public int fullDimension() {
    return ModuleChecker.dimension(folder, network.backbone().hiddenSize(), modules);
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
