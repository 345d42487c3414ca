package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.channel.Channel;
import dev.embedlab.kernel.channel.Channels;
import dev.embedlab.kernel.channel.Log;
import dev.embedlab.kernel.output.Publisher;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import java.util.List;

/** Sends replies; every one carries a status. */
final class Replies {
  private final Channels channels;
  private final Publisher publisher;
  private final String session;

  Replies(Channels channels, Publisher publisher, String session) {
    this.channels = channels;
    this.publisher = publisher;
    this.session = session;
  }

  /** Answers a request; a missing status becomes ok. */
  void reply(Channel channel, Message request, ObjectNode content) {
    reply(channel, request, content, Json.object());
  }

  void reply(Channel channel, Message request, ObjectNode content, ObjectNode metadata) {
    if (!content.has("status")) {
      content.put("status", "ok");
    }
    String type = request.type().replaceFirst("_request$", "_reply");
    channels.send(
        channel,
        new Message(
            request.identities(),
            MessageCodec.header(type, session),
            request.header(),
            metadata,
            content,
            List.of()));
  }

  /** Asks the front end that sent a request for a line of text, under the given message id. */
  void askInput(Message request, String id, String prompt, boolean password) {
    ObjectNode header = MessageCodec.header("input_request", session).put("msg_id", id);
    channels.send(
        Channel.STDIN,
        new Message(
            request.identities(),
            header,
            request.header(),
            Json.object(),
            Json.object().put("prompt", prompt).put("password", password),
            List.of()));
  }

  /** Something that handles a request. */
  interface Step {
    void run() throws Exception;
  }

  /** Publishes busy, runs the step, publishes idle; the kernel survives what the step throws. */
  void whileBusy(Message message, Step step) {
    publisher.status("busy", message.header());
    try {
      step.run();
    } catch (Exception | Error e) {
      Log.warn(message.type() + " failed: " + e);
    } finally {
      publisher.status("idle", message.header());
    }
  }

  Publisher publisher() {
    return publisher;
  }

  /** The error fields that replies and error messages share. */
  static ObjectNode error(String name, String message, List<String> traceback) {
    ObjectNode content = Json.object().put("ename", name).put("evalue", message);
    traceback.forEach(content.putArray("traceback")::add);
    return content;
  }
}
