package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.output.Publisher;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;

/** Comms: this kernel registers no targets, so each one a front end opens is closed again. */
final class Comms {
  private final Publisher publisher;

  Comms(Publisher publisher) {
    this.publisher = publisher;
  }

  void receive(Message message) {
    if (message.type().equals("comm_open")) {
      publisher.publish(
          "comm_close",
          message.header(),
          Json.object()
              .put("comm_id", message.content().path("comm_id").asText())
              .set("data", Json.object()));
    }
  }

  /** The open comms of a target: none. */
  ObjectNode info(String target) {
    ObjectNode reply = Json.object();
    reply.putObject("comms");
    return reply;
  }
}
