package dev.embedlab.cli;

import dev.embedlab.input.NativeTokenizer;
import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Tokenizer;
import dev.embedlab.tokenize.json.TokenizerFormatException;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab tokenizer encode}: a line of ids for every line of text. */
@Command(
    name = "encode",
    description = "Writes a line of ids for every line of a text file.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EncodeText implements Callable<Integer> {

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      required = true,
      description = "A tokenizer.json, trained here or published.")
  private Path tokenizerFile;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "A text file, UTF-8, a text a line.")
  private Path in;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to write; standard output.")
  private Path out;

  @Option(names = "--pieces", description = "Write pieces in place of ids.")
  private boolean pieces;

  @Option(
      names = "--no-special-tokens",
      description = "Leave out the special tokens that the model puts around a text.")
  private boolean withoutSpecialTokens;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Cut at so many pieces, special tokens included; how many lines were cut is"
              + " told on standard error.")
  private int maxLength;

  @Spec private CommandSpec spec;

  private long cut;
  private long lines;

  @Override
  public Integer call() throws IOException {
    try {
      write(TokenizerJson.read(tokenizerFile));
    } catch (IOException e) {
      if (!(e.getCause() instanceof TokenizerFormatException format)
          || !format.isUnsupportedPart()) {
        throw e;
      }
      try (NativeTokenizer tokenizer = NativeTokenizer.open(tokenizerFile)) {
        write(tokenizer);
      }
    }
    return 0;
  }

  private void write(Tokenizer tokenizer) throws IOException {
    EncodingOptions options = new EncodingOptions(!withoutSpecialTokens, maxLength, 0);
    if (out == null) {
      encode(tokenizer, options, spec.commandLine().getOut());
    } else {
      toFile(tokenizer, options);
    }
    if (maxLength > 0) {
      spec.commandLine()
          .getErr()
          .printf("lab: %,d of %,d lines were cut at %d pieces.%n", cut, lines, maxLength);
    }
  }

  private void toFile(Tokenizer tokenizer, EncodingOptions options) throws IOException {
    Path target = out.toAbsolutePath();
    Path temporary = Files.createTempFile(target.getParent(), ".encoded", ".txt");
    try {
      try (BufferedWriter file = Files.newBufferedWriter(temporary);
          PrintWriter writer = new PrintWriter(file)) {
        encode(tokenizer, options, writer);
        if (writer.checkError()) {
          throw new IOException("%s: could not be written; is the disk full?".formatted(out));
        }
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void encode(Tokenizer tokenizer, EncodingOptions options, PrintWriter writer)
      throws IOException {
    TextLines.inBatches(
        in,
        batch -> {
          List<Encoding> encodings = tokenizer.encodeAll(batch, options);
          // One string for a batch: a writer that flushes at every line end is slow.
          StringBuilder text = new StringBuilder();
          for (Encoding encoding : encodings) {
            lines++;
            cut += encoding.overflow().isEmpty() ? 0 : 1;
            append(text, encoding);
          }
          writer.print(text);
          writer.flush();
        });
  }

  private void append(StringBuilder text, Encoding encoding) {
    for (int i = 0; i < encoding.size(); i++) {
      text.append(i == 0 ? "" : " ");
      if (pieces) {
        text.append(encoding.piece(i));
      } else {
        text.append(encoding.id(i));
      }
    }
    text.append('\n');
  }
}
