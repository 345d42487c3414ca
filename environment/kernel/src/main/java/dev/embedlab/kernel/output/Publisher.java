package dev.embedlab.kernel.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Makes iopub messages. */
public final class Publisher {
  private final String session;
  private final Consumer<Message> out;

  public Publisher(String session, Consumer<Message> out) {
    this.session = session;
    this.out = out;
  }

  /** Publishes a message that belongs to the request with the given header. */
  public void publish(String type, ObjectNode parent, ObjectNode content) {
    publish(type, parent, Json.object(), content, List.of());
  }

  /** Publishes a message with metadata and binary buffers. */
  public void publish(
      String type,
      ObjectNode parent,
      ObjectNode metadata,
      ObjectNode content,
      List<byte[]> buffers) {
    byte[] topic = ("kernel." + session + "." + type).getBytes(StandardCharsets.UTF_8);
    out.accept(
        new Message(
            List.of(topic),
            MessageCodec.header(type, session),
            parent,
            metadata,
            content,
            List.copyOf(buffers)));
  }

  /** Publishes busy, idle or starting. */
  public void status(String state, ObjectNode parent) {
    publish("status", parent, Json.object().put("execution_state", state));
  }
}
