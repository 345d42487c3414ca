package dev.embedlab.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * Entry point of the commands that run on the JVM: {@code lab encode}, {@code lab evaluate} and so
 * on.
 *
 * <p>A new command is a class of its own with {@link Command}, named in {@code subcommands} below.
 * It implements {@code Callable<Integer>} and throws what it cannot handle: {@link OneSentence}
 * turns that into one line and exit code 1.
 */
@Command(
    name = "lab",
    description = "Commands that run on the JVM.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Info.Version.class,
    subcommands = {
      HelpCommand.class,
      Info.class,
      Encode.class,
      TokenizerCommand.class,
      Evaluate.class,
      Inspect.class,
      Compare.class
    })
public final class Main {

  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, for running it and for testing it. */
  static CommandLine commandLine() {
    OneSentence errors = new OneSentence();
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(System.out, true, System.out.charset()))
        .setErr(new PrintWriter(System.err, true, System.err.charset()));
  }
}
