package dev.embedlab.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import jdk.incubator.vector.FloatVector;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab info}: what the JVM side runs on, for a bug report or a result's provenance. */
@Command(
    name = "info",
    description = "Versions, memory and vector width of the JVM that runs models.",
    mixinStandardHelpOptions = true)
final class Info implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Runtime runtime = Runtime.getRuntime();
    PrintWriter out = spec.commandLine().getOut();
    line(out, "EmbedLab", Version.ofLibrary());
    line(out, "Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    line(out, "Home", System.getProperty("java.home"));
    line(out, "System", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    line(out, "Cores", String.valueOf(runtime.availableProcessors()));
    line(out, "Heap", "up to %d MiB".formatted(runtime.maxMemory() >> 20));
    line(
        out,
        "Vector width",
        "%d floats (%d bits)"
            .formatted(
                FloatVector.SPECIES_PREFERRED.length(),
                FloatVector.SPECIES_PREFERRED.vectorBitSize()));
    return 0;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-14s%s%n", name, value);
  }

  /** The version in the manifest of this library's jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"EmbedLab " + ofLibrary()};
    }

    static String ofLibrary() {
      return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
          .orElse("(not from a jar)");
    }
  }
}
