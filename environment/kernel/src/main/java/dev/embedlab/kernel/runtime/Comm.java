package dev.embedlab.kernel.runtime;

import java.util.Map;
import java.util.function.Consumer;

/**
 * One open channel between code in cells and code in the front end, such as a widget. Both sides
 * may send at any time; handlers run like a cell, after what is queued before them.
 */
public interface Comm extends AutoCloseable {
  /** The id that both sides know this channel by. */
  String id();

  /** The name it was opened under. */
  String target();

  /** True until one side closes it. */
  boolean isOpen();

  /**
   * Sends a message to the front end.
   *
   * @param data JSON: maps, lists, strings, numbers, booleans
   * @param buffers binary attachments, sent as they are
   * @throws IllegalStateException when the comm is closed
   */
  void send(Map<String, ?> data, byte[]... buffers);

  /** Sets what is done with each message of the front end; replaces an earlier handler. */
  void onMessage(Consumer<CommMessage> handler);

  /** Sets what is done when the front end closes the comm; replaces an earlier handler. */
  void onClose(Consumer<CommMessage> handler);

  /** Closes the comm on both sides; its own close handler is not called. */
  @Override
  void close();
}
