package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.MessageCodec;

/** Answers kernel_info_request. */
final class KernelInfo {
  static final String VERSION = "0.1.0";

  private KernelInfo() {}

  static ObjectNode answer() {
    ObjectNode reply = Json.object();
    reply.put("status", "ok");
    reply.put("protocol_version", MessageCodec.VERSION);
    reply.put("implementation", "embedlab-java");
    reply.put("implementation_version", VERSION);
    reply
        .putObject("language_info")
        .put("name", "java")
        .put("version", System.getProperty("java.version"))
        .put("mimetype", "text/x-java-source")
        .put("file_extension", ".jshell")
        .put("pygments_lexer", "java")
        .put("codemirror_mode", "text/x-java")
        .put("nbconvert_exporter", "script");
    reply.put(
        "banner", "Java " + System.getProperty("java.version") + ", EmbedLab kernel " + VERSION);
    reply.put("debugger", false);
    reply.putArray("supported_features").add("kernel subshells");
    reply
        .putArray("help_links")
        .addObject()
        .put("text", "Java API")
        .put(
            "url",
            "https://docs.oracle.com/en/java/javase/"
                + Runtime.version().feature()
                + "/docs/api/index.html");
    return reply;
  }
}
