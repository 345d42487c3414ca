package dev.embedlab.kernel.install;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The {@code install} sub-command. */
public final class Installer {
  private Path prefix;
  private String classPath = "";
  private String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private final List<String> jvmArguments = new ArrayList<>();

  private Installer() {}

  /**
   * Installs the kernelspec.
   *
   * @return a line that says where it was written
   */
  public static String run(List<String> arguments) throws IOException {
    Installer installer = new Installer();
    installer.parse(arguments);
    return "Installed the Java kernel in " + installer.install();
  }

  private void parse(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("install: " + option + " needs a value.");
      }
      String value = arguments.get(++i);
      switch (option) {
        case "--prefix" -> prefix = Path.of(value).toAbsolutePath();
        case "--class-path" -> classPath = value;
        case "--java" -> java = value;
        case "--jvm-arg" -> jvmArguments.add(value);
        default -> throw new IllegalArgumentException("install: there is no option " + option);
      }
    }
    if (prefix == null) {
      throw new IllegalArgumentException(
          "install: --prefix DIR is needed, the root of the environment Jupyter is installed in.");
    }
  }

  private Path install() throws IOException {
    Path folder = prefix.resolve(Path.of("share", "jupyter", "kernels", "java"));
    Files.createDirectories(folder);
    write(folder.resolve("kernel.json"), Json.write(kernelSpec()));
    return folder;
  }

  private ObjectNode kernelSpec() {
    ObjectNode spec = Json.object();
    ArrayNode argv = spec.putArray("argv");
    argv.add(java);
    jvmArguments.forEach(argv::add);
    argv.add("-jar").add(ownJar().toString());
    if (!classPath.isBlank()) {
      argv.add("--class-path").add(classPath);
    }
    argv.add("{connection_file}");
    spec.put("display_name", "Java");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.putObject("metadata").put("debugger", false);
    return spec;
  }

  private static Path ownJar() {
    try {
      return Path.of(Installer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path temporary = Files.createTempFile(file.getParent(), "kernel", ".tmp");
    Files.write(temporary, content);
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
