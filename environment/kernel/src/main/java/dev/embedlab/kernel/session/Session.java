package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.channel.Channel;
import dev.embedlab.kernel.channel.Channels;
import dev.embedlab.kernel.channel.Log;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.output.CellStreams;
import dev.embedlab.kernel.output.Publisher;
import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.render.Renderer;
import dev.embedlab.kernel.runtime.Bridge;
import dev.embedlab.kernel.shell.CellEvaluator;
import dev.embedlab.kernel.shell.CellThread;
import dev.embedlab.kernel.shell.JavaShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A running kernel: receives requests and hands each to the class that answers it. */
public final class Session {
  private final String id = UUID.randomUUID().toString();
  private final Channels channels;
  private final Replies replies;
  private final InputRequests input;
  private final History history = new History();
  private final Comms comms;
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LinkedBlockingQueue<Message> shellQueue = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Message> queryQueue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Workbench> workbench;

  /** What needs jshell, which takes a moment to start. */
  private record Workbench(JavaShell shell, Executor executor, Queries queries) {}

  /**
   * @param options class path, compiler options and startup code of the session
   */
  public Session(ConnectionInfo connection, SessionOptions options) throws IOException {
    channels = new Channels(connection, this::welcome);
    Publisher publisher = new Publisher(id, message -> channels.send(Channel.IOPUB, message));
    replies = new Replies(channels, publisher, id);
    input = new InputRequests(replies);
    comms = new Comms(publisher);
    workbench = CompletableFuture.supplyAsync(supply(options), Session::startThread);
  }

  /** Serves until a front end asks for shutdown. */
  public void serve() throws InterruptedException {
    CellStreams.install(() -> input.ask("", false));
    replies.publisher().status("starting", Json.object());
    startThread(() -> work(queryQueue, this::query));
    startThread(() -> work(shellQueue, this::shell));
    channels.start();
    channels.start(Channel.STDIN, input::receive);
    channels.start(Channel.CONTROL, this::control);
    channels.start(
        Channel.SHELL,
        message -> (Queries.answers(message) ? queryQueue : shellQueue).add(message));
    ended.await();
    channels.close();
  }

  private Supplier<Workbench> supply(SessionOptions options) {
    return () -> {
      JavaShell shell = new JavaShell(options.compilerOptions());
      shell.addToClassPath(options.classPath());
      Renderer renderer = new Renderer(shell::loader);
      MagicRegistry magics = new MagicRegistry();
      CellEvaluator evaluator = new CellEvaluator(shell);
      CellRunner cells = new CellRunner(evaluator, magics);
      SessionMagics.register(magics, shell, cells);
      Bridge.install(new CellFunctions(replies.publisher(), cells, renderer, input, shell));
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, error) -> uncaught(evaluator, thread, error));
      CellThread thread = new CellThread("cell", shell.loader());
      Executor executor = new Executor(replies, cells, renderer, input, history, thread, count);
      executor.startup(options.startup());
      return new Workbench(shell, executor, new Queries(shell, history, magics));
    };
  }

  private static void startThread(Runnable body) {
    // Deeply nested code makes the compiler recurse deeply.
    new Thread(null, body, "kernel-worker", 64L << 20).start();
  }

  private interface Handler {
    void handle(Message message) throws Exception;
  }

  private void work(LinkedBlockingQueue<Message> queue, Handler handler) {
    while (true) {
      try {
        Message message = queue.take();
        busy(message, () -> handler.handle(message));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private void busy(Message message, Step step) {
    replies.publisher().status("busy", message.header());
    try {
      step.run();
    } catch (Exception | Error e) {
      Log.warn(message.type() + " failed: " + e);
      e.printStackTrace();
    } finally {
      replies.publisher().status("idle", message.header());
    }
  }

  private void shell(Message message) {
    switch (message.type()) {
      case "execute_request" -> {
        if (workbench.join().executor().execute(message)) {
          abortQueued();
        }
      }
      case "comm_open", "comm_msg", "comm_close" -> comms.receive(message);
      case "shutdown_request" -> shutdown(Channel.SHELL, message);
      default -> refuse(Channel.SHELL, message);
    }
  }

  private void shutdown(Channel channel, Message message) {
    boolean restart = message.content().path("restart").asBoolean(false);
    replies.reply(channel, message, Json.object().put("restart", restart));
    replies
        .publisher()
        .publish(
            "shutdown_reply",
            message.header(),
            Json.object().put("status", "ok").put("restart", restart));
    ended.countDown();
  }

  private void refuse(Channel channel, Message message) {
    if (message.type().endsWith("_request")) {
      String text = message.type() + " is not supported by this kernel.";
      replies.reply(
          channel,
          message,
          Replies.error("NotSupported", text, List.of(text)).put("status", "error"));
    } else {
      Log.warn("a message of type " + message.type() + " is not known");
    }
  }

  /** After an error, the cells that were sent before it became known are not run. */
  private void abortQueued() {
    Message next;
    while ((next = shellQueue.peek()) != null && next.type().equals("execute_request")) {
      Message aborted = shellQueue.remove();
      busy(
          aborted,
          () ->
              replies.reply(
                  Channel.SHELL,
                  aborted,
                  Json.object().put("status", "aborted").put("execution_count", count.get())));
    }
  }

  private void query(Message message) {
    ObjectNode reply;
    try {
      reply = answer(message);
    } catch (RuntimeException | StackOverflowError e) {
      Log.warn(message.type() + " failed: " + e);
      String text = String.valueOf(e.getMessage());
      reply = Replies.error(e.getClass().getName(), text, List.of(text)).put("status", "error");
    }
    replies.reply(Channel.SHELL, message, reply);
  }

  private ObjectNode answer(Message message) {
    return message.type().equals("kernel_info_request")
        ? KernelInfo.answer()
        : message.type().equals("comm_info_request")
            ? comms.info(message.content().path("target_name").asText(""))
            : workbench.join().queries().answer(message);
  }

  private void control(Message message) {
    busy(
        message,
        () -> {
          switch (message.type()) {
            case "kernel_info_request" ->
                replies.reply(Channel.CONTROL, message, KernelInfo.answer());
            case "interrupt_request" -> {
              workbench.thenAccept(bench -> bench.executor().interrupt(message));
              replies.reply(Channel.CONTROL, message, Json.object());
            }
            case "shutdown_request" -> shutdown(Channel.CONTROL, message);
            case "debug_request" ->
                replies.reply(
                    Channel.CONTROL,
                    message,
                    Json.object()
                        .put("type", "response")
                        .put("request_seq", message.content().path("seq").asInt())
                        .put("success", false)
                        .put("command", message.content().path("command").asText())
                        .put("message", "This kernel has no debugger."));
            default -> refuse(Channel.CONTROL, message);
          }
        });
  }

  private static void uncaught(CellEvaluator evaluator, Thread thread, Throwable error) {
    System.err.println(
        "Error in thread "
            + thread.getName()
            + ":\n"
            + String.join("\n", evaluator.describe(error).traceback()));
  }

  private void welcome(byte[] topic) {
    replies
        .publisher()
        .publish(
            "iopub_welcome",
            Json.object(),
            Json.object().put("subscription", new String(topic, StandardCharsets.UTF_8)));
  }
}
