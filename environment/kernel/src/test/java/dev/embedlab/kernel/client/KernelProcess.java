package dev.embedlab.kernel.client;

import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.protocol.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The operating-system process of a kernel and its connection file. */
public final class KernelProcess implements AutoCloseable {
  private final Process process;
  private final ConnectionInfo connection;
  private final Path connectionFile;
  private final Path log;

  private KernelProcess(Process process, ConnectionInfo connection, Path file, Path log) {
    this.process = process;
    this.connection = connection;
    this.connectionFile = file;
    this.log = log;
  }

  /** How to start a kernel. */
  public static final class Builder {
    private Path jar = defaultJar();
    private String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private String classPath = "";
    private Path folder = Path.of("").toAbsolutePath();
    private final List<String> jvmArguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /** The runnable kernel jar; found in the build by default. */
    public Builder jar(Path file) {
      jar = file;
      return this;
    }

    /** The class path of user code. */
    public Builder classPath(String entries) {
      classPath = entries;
      return this;
    }

    /** Options for the kernel's JVM. */
    public Builder jvmArguments(List<String> arguments) {
      jvmArguments.addAll(arguments);
      return this;
    }

    /** An environment variable of the kernel's process. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** The folder the kernel runs in. */
    public Builder folder(Path workingDirectory) {
      folder = workingDirectory;
      return this;
    }

    /** Starts the process. */
    public KernelProcess start() throws IOException {
      ConnectionInfo connection = freePorts();
      Path file = Files.createTempFile("kernel-", ".json");
      Files.write(file, json(connection));
      Path log = Files.createTempFile("kernel-", ".log");
      List<String> command = new ArrayList<>(List.of(java));
      command.addAll(jvmArguments);
      command.addAll(List.of("-jar", jar.toString()));
      if (!classPath.isEmpty()) {
        command.addAll(List.of("--class-path", classPath));
      }
      command.add(file.toString());
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new KernelProcess(builder.start(), connection, file, log);
    }

    private static Path defaultJar() {
      String property = System.getProperty("embedlab.kernel.jar");
      return property != null
          ? Path.of(property)
          : Path.of(
              System.getProperty("embedlab.root", "."),
              "environment",
              "kernel",
              "target",
              "embedlab-kernel.jar");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  public ConnectionInfo connection() {
    return connection;
  }

  public Process process() {
    return process;
  }

  /** What the process wrote to its own standard output and error. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Waits for the process to end. */
  public boolean ends(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(connectionFile);
    Files.deleteIfExists(log);
  }

  private static ConnectionInfo freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      return new ConnectionInfo(
          "127.0.0.1",
          ports[0],
          ports[1],
          ports[2],
          ports[3],
          ports[4],
          UUID.randomUUID().toString());
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static byte[] json(ConnectionInfo connection) {
    return Json.write(
        Json.object()
            .put("ip", connection.ip())
            .put("transport", "tcp")
            .put("signature_scheme", "hmac-sha256")
            .put("key", connection.key())
            .put("shell_port", connection.shell())
            .put("control_port", connection.control())
            .put("iopub_port", connection.iopub())
            .put("stdin_port", connection.stdin())
            .put("hb_port", connection.heartbeat()));
  }
}
