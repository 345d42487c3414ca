package dev.embedlab.cli;

import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab tokenizer train}: a vocabulary from text files, saved as {@code tokenizer.json}. */
@Command(
    name = "train",
    description =
        "Learns a vocabulary from text files, a text a line, and saves it as tokenizer.json. The"
            + " defaults of every option are those of Hugging Face tokenizers.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TrainTokenizer implements Callable<Integer> {

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "Text files, UTF-8, a text a line.")
  private List<Path> in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where to save, such as tokenizer.json.")
  private Path out;

  @Option(
      names = "--keep-line-ends",
      description =
          "Leave the line end at the end of each text, as Python's tokenizer.train(files) does;"
              + " without it as train_from_iterator(lines).")
  private boolean keepLineEnds;

  @Mixin private TrainingOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TokenizerTrainer trainer = options.trainer();
    Instant start = Instant.now();
    TokenizerPipeline tokenizer;
    try (Stream<String> texts = in.stream().flatMap(this::texts)) {
      tokenizer = trainer.train(texts);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    TokenizerJson.write(tokenizer, out);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %,d pieces, trained in %.1f s.%n",
            out,
            tokenizer.vocabularySize(),
            Duration.between(start, Instant.now()).toMillis() / 1000.0);
    return 0;
  }

  private Stream<String> texts(Path file) {
    try {
      return keepLineEnds ? TextLines.withEnds(file).stream() : TextLines.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
