package dev.embedlab.kernel.session;

import dev.embedlab.kernel.channel.Channel;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Handles the requests of one shell, the main one or a subshell (JEP 91), one after the other. */
final class ShellWorker {
  private final LinkedBlockingQueue<Optional<Message>> queue = new LinkedBlockingQueue<>();
  private final Replies replies;
  private final Supplier<Executor> executor;
  private final BiConsumer<Message, Supplier<Executor>> others;

  /**
   * @param executor runs cells; asked for at the first cell, since jshell takes a moment to start
   * @param others handles what is not an execute_request
   */
  ShellWorker(
      Replies replies,
      Supplier<Executor> executor,
      BiConsumer<Message, Supplier<Executor>> others) {
    this.replies = replies;
    this.executor = executor;
    this.others = others;
  }

  void add(Message message) {
    queue.add(Optional.of(message));
  }

  /** Ends {@link #run} after what is queued. */
  void end() {
    queue.add(Optional.empty());
  }

  void run() {
    try {
      for (Message message; (message = queue.take().orElse(null)) != null; ) {
        Message current = message;
        replies.whileBusy(current, () -> handle(current));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Message message) {
    if (!message.type().equals("execute_request")) {
      others.accept(message, executor);
    } else if (executor.get().execute(message)) {
      abortQueued();
    }
  }

  /** After an error, the cells that were sent before it became known are not run. */
  private void abortQueued() {
    for (Optional<Message> next; isCell(next = queue.peek()); queue.remove()) {
      Message aborted = next.orElseThrow();
      replies.whileBusy(
          aborted,
          () ->
              replies.reply(
                  Channel.SHELL,
                  aborted,
                  Json.object()
                      .put("status", "aborted")
                      .put("execution_count", executor.get().count())));
    }
  }

  private static boolean isCell(Optional<Message> next) {
    return next != null && next.map(Message::type).orElse("").equals("execute_request");
  }
}
