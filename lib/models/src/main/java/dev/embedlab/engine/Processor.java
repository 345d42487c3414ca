package dev.embedlab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the maker of the processor means for the libraries below libtorch. */
final class Processor {

  private static final String INTEL = "GenuineIntel";

  private Processor() {}

  /** Whether MKL runs here, on a processor for which it was not made. */
  static boolean isStrangeToMkl() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean runsMkl = architecture.equals("amd64") || architecture.equals("x86_64");
    String maker = maker(Path.of("/proc/cpuinfo"), System.getenv());
    return runsMkl && !maker.isEmpty() && !maker.equals(INTEL);
  }

  /**
   * @param description Linux' file about processors, which other systems lack
   * @param environment where Windows names the maker
   * @return such as {@code AuthenticAMD}; empty where the system does not tell
   */
  static String maker(Path description, Map<String, String> environment) {
    if (!Files.isReadable(description)) {
      String processor = environment.getOrDefault("PROCESSOR_IDENTIFIER", "");
      return processor.substring(processor.lastIndexOf(' ') + 1);
    }
    try (Stream<String> lines = Files.lines(description)) {
      return lines
          .filter(line -> line.startsWith("vendor_id"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
