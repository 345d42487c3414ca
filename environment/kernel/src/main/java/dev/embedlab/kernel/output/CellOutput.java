package dev.embedlab.kernel.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;

/** Everything one request may print or show; inherited by the threads that its code starts. */
public final class CellOutput {
  private static final InheritableThreadLocal<CellOutput> CURRENT = new InheritableThreadLocal<>();
  private static volatile CellOutput latest;

  private final ObjectNode parent;
  private final Publisher publisher;
  private final boolean silent;
  private final boolean allowStdin;
  private final StreamBuffer streams;
  private volatile String lastDisplay = "";

  /**
   * @param parent header of the request
   * @param silent true to publish nothing
   * @param allowStdin true when the front end answers questions
   */
  public CellOutput(ObjectNode parent, Publisher publisher, boolean silent, boolean allowStdin) {
    this.parent = parent;
    this.publisher = publisher;
    this.silent = silent;
    this.allowStdin = allowStdin;
    this.streams =
        new StreamBuffer(
            (name, text) -> send("stream", Json.object().put("name", name).put("text", text)));
  }

  /** The output of the cell that started this thread, else of the cell that ran last. */
  public static CellOutput current() {
    CellOutput own = CURRENT.get();
    return own != null ? own : latest;
  }

  /** Makes this the output of the calling thread and of the threads it starts. */
  public void enter() {
    CURRENT.set(this);
    latest = this;
  }

  public ObjectNode parent() {
    return parent;
  }

  public boolean allowStdin() {
    return allowStdin;
  }

  /** Appends to stdout or stderr. */
  public void write(String stream, byte[] data, int offset, int length) {
    if (!silent) {
      streams.write(stream, data, offset, length);
    }
  }

  /** Remembers the id of what was shown last. */
  public void displayed(String id) {
    lastDisplay = id;
  }

  /** The id of what was shown last, or an empty string. */
  public String lastDisplay() {
    return lastDisplay;
  }

  /** Sends what is printed so far. */
  public void flush() {
    streams.flush();
  }

  /** Publishes a message after everything printed before it. */
  public void publish(String type, ObjectNode content) {
    flush();
    send(type, content);
  }

  private void send(String type, ObjectNode content) {
    if (!silent) {
      publisher.publish(type, parent, content);
    }
  }
}
