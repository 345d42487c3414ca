package dev.embedlab.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Addresses and key a front end wrote for this kernel.
 *
 * @param ip address every socket binds to
 * @param key HMAC key; empty means messages are not signed
 */
public record ConnectionInfo(
    String ip, int shell, int control, int iopub, int stdin, int heartbeat, String key) {

  /**
   * Reads a Jupyter connection file.
   *
   * @throws IOException naming the file and the field when something is missing or unsupported
   */
  public static ConnectionInfo read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "Connection file "
              + file
              + " does not exist; a front end such as JupyterLab starts the kernel with one.");
    }
    JsonNode json;
    try {
      json = Json.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IOException("Connection file " + file + " is not JSON: " + e.getMessage(), e);
    }
    String transport = json.path("transport").asText("tcp");
    if (!"tcp".equals(transport)) {
      throw new IOException(
          "Connection file " + file + ", field transport: '" + transport + "' is not tcp.");
    }
    String scheme = json.path("signature_scheme").asText("hmac-sha256");
    if (!"hmac-sha256".equals(scheme) && !json.path("key").asText("").isEmpty()) {
      throw new IOException(
          "Connection file " + file + ", field signature_scheme: only hmac-sha256 is supported.");
    }
    return new ConnectionInfo(
        json.path("ip").asText("127.0.0.1"),
        port(file, json, "shell_port"),
        port(file, json, "control_port"),
        port(file, json, "iopub_port"),
        port(file, json, "stdin_port"),
        port(file, json, "hb_port"),
        json.path("key").asText(""));
  }

  /** The ZeroMQ address of a port. */
  public String address(int port) {
    return "tcp://" + ip + ":" + port;
  }

  private static int port(Path file, JsonNode json, String field) throws IOException {
    int port = json.path(field).asInt(-1);
    if (port < 1 || port > 65535) {
      throw new IOException(
          "Connection file " + file + ", field " + field + ": a port from 1 to 65535 is needed.");
    }
    return port;
  }
}
