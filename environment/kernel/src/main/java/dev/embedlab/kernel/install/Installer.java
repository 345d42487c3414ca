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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code install} sub-command. */
public final class Installer {
  /**
   * Small when idle, quiet about a cache that does not fit. The heap starts small, since by default
   * it starts with a 64th of the machine's memory and fills that before it cleans up; how far it
   * may grow is the user's affair.
   */
  private static final List<String> DEFAULTS =
      List.of("-XX:+UseSerialGC", "-Xms128m", "-Xlog:disable", "-Xlog:all=error:stderr");

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
    Path jar = copyJar(folder);
    Optional<Path> cache = train(jar, folder);
    write(folder.resolve("kernel.json"), Json.write(kernelSpec(jar, cache)));
    return folder;
  }

  /** The kernel stays whole when the build it came from is cleaned or rebuilt. */
  private static Path copyJar(Path folder) throws IOException {
    Path source = ownJar();
    if (!Files.isRegularFile(source)) {
      return source;
    }
    Path jar = folder.resolve("embedlab-kernel.jar");
    Path temporary = folder.resolve("embedlab-kernel.jar.tmp");
    Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING);
    Files.move(temporary, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return jar;
  }

  /** Writes a cache of loaded and linked classes (JEP 514); without it starts are only slower. */
  private Optional<Path> train(Path jar, Path folder) throws IOException {
    Path cache = folder.resolve("kernel.aot");
    Files.deleteIfExists(cache);
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(jvm());
    command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar.toString(), "train"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return Files.isRegularFile(cache) ? Optional.of(cache) : Optional.empty();
  }

  /** The same options for training and for use: the cache fits no others. */
  private List<String> jvm() {
    List<String> options = new ArrayList<>(DEFAULTS);
    options.addAll(jvmArguments);
    return options;
  }

  private ObjectNode kernelSpec(Path jar, Optional<Path> cache) {
    ObjectNode spec = Json.object();
    ArrayNode argv = spec.putArray("argv");
    argv.add(java);
    jvm().forEach(argv::add);
    cache.ifPresent(file -> argv.add("-XX:AOTCache=" + file));
    argv.add("-jar").add(jar.toString());
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
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, content);
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
