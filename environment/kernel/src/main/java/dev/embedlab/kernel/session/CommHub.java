package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.channel.Log;
import dev.embedlab.kernel.output.CellOutput;
import dev.embedlab.kernel.output.Publisher;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.runtime.Comm;
import dev.embedlab.kernel.runtime.CommBridge;
import dev.embedlab.kernel.runtime.CommMessage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The comm targets that cells registered and the comms that are open. */
final class CommHub implements CommBridge {
  private final Publisher publisher;
  private final Map<String, BiConsumer<Comm, CommMessage>> targets = new ConcurrentHashMap<>();
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();

  CommHub(Publisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void register(String target, BiConsumer<Comm, CommMessage> onOpen) {
    targets.put(target, onOpen);
  }

  @Override
  public void unregister(String target) {
    targets.remove(target);
  }

  @Override
  public Comm open(String target, Map<String, ?> data, Map<String, ?> metadata) {
    Channel channel = new Channel(UUID.randomUUID().toString(), target);
    ObjectNode content = content(channel.id, data).put("target_name", target);
    channels.put(channel.id, channel);
    publish("comm_open", Json.tree(metadata), content);
    return channel;
  }

  /** Whether this class answers a message. */
  static boolean answers(Message message) {
    return switch (message.type()) {
      case "comm_open", "comm_msg", "comm_close" -> true;
      default -> false;
    };
  }

  /**
   * Acts on a message of the front end.
   *
   * @param executor runs handlers of user code
   */
  void receive(Message message, Supplier<Executor> executor) {
    String id = message.content().path("comm_id").asText();
    if (message.type().equals("comm_open")) {
      opened(id, message, executor);
      return;
    }
    boolean closes = message.type().equals("comm_close");
    Channel channel = closes ? channels.remove(id) : channels.get(id);
    if (channel == null) {
      Log.warn("a " + message.type() + " names the comm '" + id + "', which is not open");
      return;
    }
    Consumer<CommMessage> handler = closes ? channel.onClose : channel.onMessage;
    executor.get().runHandler(message, () -> handler.accept(read(message)));
  }

  /** The open comms of a target, or all of them when the target is empty. */
  ObjectNode info(String target) {
    ObjectNode reply = Json.object();
    ObjectNode comms = reply.putObject("comms");
    channels.forEach(
        (id, channel) -> {
          if (target.isEmpty() || channel.target.equals(target)) {
            comms.putObject(id).put("target_name", channel.target);
          }
        });
    return reply;
  }

  private void opened(String id, Message message, Supplier<Executor> executor) {
    String target = message.content().path("target_name").asText();
    BiConsumer<Comm, CommMessage> onOpen = targets.get(target);
    if (onOpen == null) {
      ObjectNode close = content(id, Map.of());
      publisher.publish("comm_close", message.header(), close);
      return;
    }
    Channel channel = new Channel(id, target);
    channels.put(id, channel);
    if (!executor.get().runHandler(message, () -> onOpen.accept(channel, read(message)))) {
      channel.close();
    }
  }

  private static CommMessage read(Message message) {
    JsonNode data = message.content().path("data");
    return new CommMessage(
        data instanceof ObjectNode object ? Json.map(object) : Map.of(),
        Json.map(message.metadata()),
        message.buffers());
  }

  private static ObjectNode content(String id, Map<String, ?> data) {
    return Json.object().put("comm_id", id).set("data", Json.tree(data));
  }

  private void publish(String type, JsonNode metadata, ObjectNode content, byte[]... buffers) {
    CellOutput output = CellOutput.current();
    if (output != null) {
      output.flush();
    }
    publisher.publish(
        type,
        output == null ? Json.object() : output.parent(),
        (ObjectNode) metadata,
        content,
        List.of(buffers));
  }

  private final class Channel implements Comm {
    private final String id;
    private final String target;
    private volatile Consumer<CommMessage> onMessage = message -> {};
    private volatile Consumer<CommMessage> onClose = message -> {};

    Channel(String id, String target) {
      this.id = id;
      this.target = target;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    public boolean isOpen() {
      return channels.get(id) == this;
    }

    @Override
    public void send(Map<String, ?> data, byte[]... buffers) {
      if (!isOpen()) {
        throw new IllegalStateException(
            "The comm of target '" + target + "' is closed; open another one.");
      }
      publish("comm_msg", Json.object(), content(id, data), buffers);
    }

    @Override
    public void onMessage(Consumer<CommMessage> handler) {
      onMessage = handler;
    }

    @Override
    public void onClose(Consumer<CommMessage> handler) {
      onClose = handler;
    }

    @Override
    public void close() {
      if (channels.remove(id, this)) {
        publish("comm_close", Json.object(), content(id, Map.of()));
      }
    }

    @Override
    public String toString() {
      return "comm of target '" + target + "', " + (isOpen() ? "open" : "closed");
    }
  }
}
