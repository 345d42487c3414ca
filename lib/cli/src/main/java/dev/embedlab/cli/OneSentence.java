package dev.embedlab.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Ends a command that failed with one line on standard error. The stack trace follows only where
 * the environment variable {@code EMBEDLAB_TRACE} is set.
 */
final class OneSentence implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    command.getErr().println("lab: " + sentence(failure));
    if (System.getenv("EMBEDLAB_TRACE") != null) {
      failure.printStackTrace(command.getErr());
    }
    return ExitCode.SOFTWARE;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("lab: " + usage(failure));
    return ExitCode.USAGE;
  }

  private static String usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    boolean atTop = command.getParent() == null;
    if (atTop && failure instanceof UnmatchedArgumentException unmatched) {
      return "there is no command '%s'%s; those on the Java side are %s."
          .formatted(
              unmatched.getUnmatched().getFirst(),
              suggestion(unmatched.getSuggestions()),
              String.join(", ", command.getSubcommands().keySet()));
    }
    String help = atTop ? "lab help" : "lab help " + command.getCommandName();
    return "%s; see %s.".formatted(withoutStop(failure.getMessage()), help);
  }

  private static String suggestion(List<String> suggestions) {
    return suggestions.isEmpty() ? "" : " (did you mean %s?)".formatted(suggestions.getFirst());
  }

  /** The exceptions of java.nio.file say only which file; these say what about it. */
  static String sentence(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException missing ->
          "%s: there is no such file or folder.".formatted(missing.getFile());
      case AccessDeniedException denied -> "%s: permission denied.".formatted(denied.getFile());
      case FileAlreadyExistsException there -> "%s: exists already.".formatted(there.getFile());
      case OutOfMemoryError _ ->
          "out of memory: set EMBEDLAB_HEAP to more than the present %d MiB, such as EMBEDLAB_HEAP=6g."
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      default -> message(failure);
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  private static String withoutStop(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
