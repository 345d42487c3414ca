package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Shells besides the main one (JEP 91): each runs its own cells while others are busy. */
final class Subshells {
  private final Map<String, ShellWorker> open = new ConcurrentHashMap<>();
  private final AtomicInteger created = new AtomicInteger();
  private final Function<String, ShellWorker> start;

  /**
   * @param start starts a worker whose cells run on a thread of the given name
   */
  Subshells(Function<String, ShellWorker> start) {
    this.start = start;
  }

  static boolean answers(Message message) {
    return message.type().endsWith("_subshell_request");
  }

  ObjectNode answer(Message message) {
    String id = message.content().path("subshell_id").asText("");
    return switch (message.type()) {
      case "create_subshell_request" -> create();
      case "delete_subshell_request" -> delete(id);
      case "list_subshell_request" -> list();
      default -> unknown(message.type());
    };
  }

  /** Hands a message to the subshell it names; false when there is none of that id. */
  boolean add(Message message) {
    ShellWorker worker = open.get(message.subshell());
    if (worker != null) {
      worker.add(message);
    }
    return worker != null;
  }

  private ObjectNode create() {
    String id = UUID.randomUUID().toString();
    open.put(id, start.apply("subshell-" + created.incrementAndGet()));
    return Json.object().put("status", "ok").put("subshell_id", id);
  }

  private ObjectNode delete(String id) {
    ShellWorker worker = open.remove(id);
    if (worker == null) {
      return unknown("There is no subshell " + id);
    }
    worker.end();
    return Json.object().put("status", "ok");
  }

  private ObjectNode list() {
    ObjectNode reply = Json.object().put("status", "ok");
    ArrayNode ids = reply.putArray("subshell_id");
    open.keySet().forEach(ids::add);
    return reply;
  }

  private static ObjectNode unknown(String text) {
    return Replies.error("SubshellError", text, java.util.List.of(text)).put("status", "error");
  }
}
