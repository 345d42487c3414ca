package dev.embedlab.cli;

import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.OpenOptions;
import dev.embedlab.checkpoint.Truncation;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Normalization;
import dev.embedlab.encode.Prompt;
import dev.embedlab.engine.NativeLibraries;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code lab encode}: texts from a file to vectors in a file, or pairs to scores if the model is a
 * cross-encoder. The file appears whole or not at all.
 */
@Command(
    name = "encode",
    description = {
      "Vectors of texts, or scores of pairs if the model is a cross-encoder.",
      "A line {\"text\": ...}, or {\"text\": ..., \"pair\": ...}, gives a line {\"embedding\": [...]}, "
          + "or {\"score\": ...}, in the same order."
    },
    mixinStandardHelpOptions = true)
final class Encode implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "A checkpoint folder, or org/name of a model of the hub or of its local cache.")
  private String model;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "JSON Lines with a field \"text\", and \"pair\" for cross-encoders.")
  private Path in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "JSON Lines, or a NumPy matrix of 32-bit floats if the name ends in .npy.")
  private Path out;

  @ArgGroup private PromptChoice prompt;

  @Option(
      names = "--truncate-dim",
      paramLabel = "N",
      description = "Keep only the first N dimensions.")
  private Integer truncateDim;

  @Option(
      names = "--normalize",
      arity = "1",
      paramLabel = "true|false",
      description = "Scale vectors to unit length; false leaves them as the model makes them.")
  private Boolean normalize;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, eager, torchscript, torchscript-bf16, torchscript-int8, onnx, onnx-int8, or a "
              + ".onnx file of the checkpoint such as onnx/model.onnx (default: ${DEFAULT-VALUE}).")
  private String backend;

  private static final class PromptChoice {

    @Option(
        names = "--prompt-name",
        required = true,
        paramLabel = "NAME",
        description = "Prompt of the checkpoint to put in front of each text.")
    private String name;

    @Option(
        names = "--prompt",
        required = true,
        paramLabel = "TEXT",
        description = "Text to put in front of each text; may be empty.")
    private String text;

    Prompt choice() {
      return name != null ? new Prompt.Named(name) : new Prompt.Text(text);
    }
  }

  @Override
  public Integer call() throws IOException {
    NativeLibraries.load();
    EncodeLines lines = EncodeLines.of(in);
    OpenOptions options = openOptions().withExpectedTexts(lines.count());
    requireFolderFor(out);
    long start = System.nanoTime();
    Path folder = Models.locate(model, options);
    Summary summary =
        Models.isCrossEncoder(folder)
            ? scores(folder, lines, options)
            : vectors(folder, lines, options);
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%,d lines in %.1f s (backend %s); %s.%n",
        summary.lines(), seconds, summary.backend(), summary.truncation());
    return 0;
  }

  private record Summary(long lines, String backend, Truncation truncation) {}

  private OpenOptions openOptions() {
    if (truncateDim != null && truncateDim < 1) {
      throw usage("--truncate-dim must be positive, but is %d".formatted(truncateDim));
    }
    try {
      return OpenOptions.defaults().withBackend(backend);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static void requireFolderFor(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s: there is no such folder to write to.".formatted(folder));
    }
    if (Files.isDirectory(file)) {
      throw new IOException("%s: this is a folder; name a file.".formatted(file));
    }
  }

  private Summary vectors(Path folder, EncodeLines lines, OpenOptions options) throws IOException {
    try (EmbeddingModel encoder = Models.open(folder, options);
        RowFile rows = RowFile.create(out, "embedding", encodedDimension(encoder));
        EncodeLines.Reader reader = lines.open()) {
      Iterator<String> texts = reader.texts(encoder.name());
      Truncation truncation =
          encoder.encode(
              texts, lines.count(), encodeOptions(), (position, vector) -> rows.add(vector));
      rows.commit();
      return new Summary(truncation.texts(), encoder.backend(), truncation);
    }
  }

  private int encodedDimension(EmbeddingModel encoder) {
    return truncateDim == null ? encoder.dimension() : truncateDim;
  }

  private EncodeOptions encodeOptions() {
    EncodeOptions options =
        EncodeOptions.defaults()
            .withTruncateDim(truncateDim == null ? 0 : truncateDim)
            .withProgress(new ConsoleProgress(spec.commandLine().getErr()));
    if (Boolean.TRUE.equals(normalize)) {
      options = options.withNormalization(Normalization.ALWAYS);
    }
    return options.withPrompt(prompt());
  }

  private Prompt prompt() {
    return prompt == null ? new Prompt.ModelDefault() : prompt.choice();
  }

  private Summary scores(Path folder, EncodeLines lines, OpenOptions options) throws IOException {
    if (truncateDim != null || normalize != null) {
      throw usage(
          "'%s' is a cross-encoder, which gives scores; --truncate-dim and --normalize are for vectors"
              .formatted(model));
    }
    try (CrossEncoder encoder = Models.openCrossEncoder(folder, options);
        RowFile rows = RowFile.create(out, "score", encoder.labels() == 1 ? 0 : encoder.labels());
        EncodeLines.Reader reader = lines.open()) {
      Truncation truncation =
          encoder.scores(
              reader.pairs(encoder.name()),
              lines.count(),
              encodeOptions(),
              (position, scores) -> rows.add(scores));
      rows.commit();
      return new Summary(truncation.texts(), encoder.backend(), truncation);
    }
  }
}
