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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A running kernel: receives requests and hands each to the class that answers it. */
public final class Session {
  private final String id = UUID.randomUUID().toString();
  private final Channels channels;
  private final Replies replies;
  private final InputRequests input;
  private final History history = new History();
  private final CommHub comms;
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ShellWorker mainShell;
  private final Subshells subshells;
  private final List<Executor> executors = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Message> queryQueue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Workbench> workbench;

  /** What needs jshell, which takes a moment to start. */
  private record Workbench(Function<String, Executor> executors, Executor main, Queries queries) {}

  /**
   * @param options class path, compiler options and startup code of the session
   */
  public Session(ConnectionInfo connection, SessionOptions options) throws IOException {
    channels = new Channels(connection, this::welcome);
    Publisher publisher = new Publisher(id, message -> channels.send(Channel.IOPUB, message));
    replies = new Replies(channels, publisher, id);
    input = new InputRequests(replies);
    comms = new CommHub(publisher);
    mainShell = new ShellWorker(replies, () -> workbench().main(), this::shell);
    subshells = new Subshells(this::startSubshell);
    workbench = CompletableFuture.supplyAsync(supply(options), Session::startThread);
  }

  /** Lets {@link #serve} return. */
  public void end() {
    ended.countDown();
  }

  /** Serves until a front end asks for shutdown. */
  public void serve() throws InterruptedException {
    CellStreams.install(() -> input.ask("", false));
    replies.publisher().status("starting", Json.object());
    startThread(this::answerQueries);
    startThread(mainShell::run);
    channels.start();
    channels.start(Channel.STDIN, input::receive);
    channels.start(Channel.CONTROL, this::control);
    channels.start(Channel.SHELL, this::route);
    ended.await();
    channels.close();
  }

  private Supplier<Workbench> supply(SessionOptions options) {
    return () -> {
      JavaShell shell = new JavaShell(options.compilerOptions());
      shell.addToClassPath(options.classPath());
      Renderer renderer = new Renderer(shell::loader);
      MagicRegistry magics = new MagicRegistry();
      CellEvaluator evaluator = new CellEvaluator(shell, options.timeout());
      CellRunner cells = new CellRunner(evaluator, magics);
      SessionMagics.register(magics, shell, cells);
      Bridge.install(new CellFunctions(replies.publisher(), cells, renderer, input, shell), comms);
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, error) -> uncaught(evaluator, thread, error));
      Function<String, Executor> factory =
          name -> {
            CellThread thread = new CellThread(name, shell.loader());
            Executor own = new Executor(replies, cells, renderer, input, history, thread, count);
            executors.add(own);
            return own;
          };
      Executor main = factory.apply("cell");
      main.startup(options.startup());
      return new Workbench(factory, main, new Queries(shell, history, magics));
    };
  }

  private static void startThread(Runnable body) {
    // Deeply nested code makes the compiler recurse deeply.
    new Thread(null, body, "kernel-worker", 64L << 20).start();
  }

  private ShellWorker startSubshell(String name) {
    CompletableFuture<Executor> own = workbench.thenApply(bench -> bench.executors().apply(name));
    ShellWorker worker = new ShellWorker(replies, own::join, this::shell);
    startThread(worker::run);
    return worker;
  }

  private Workbench workbench() {
    return workbench.join();
  }

  /** Hands what arrives on the shell channel to the thread that answers it. */
  private void route(Message message) {
    if (Queries.answers(message)) {
      queryQueue.add(message);
    } else if (message.subshell().isEmpty()) {
      mainShell.add(message);
    } else if (!subshells.add(message)) {
      String text = "There is no subshell " + message.subshell();
      replies.reply(
          Channel.SHELL,
          message,
          Replies.error("SubshellError", text, List.of(text)).put("status", "error"));
    }
  }

  private void answerQueries() {
    try {
      while (true) {
        Message message = queryQueue.take();
        replies.whileBusy(message, () -> query(message));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shell(Message message, Supplier<Executor> executor) {
    if (CommHub.answers(message)) {
      comms.receive(message, executor);
    } else if (message.type().equals("shutdown_request")) {
      shutdown(Channel.SHELL, message);
    } else {
      refuse(Channel.SHELL, message);
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
            : workbench().queries().answer(message);
  }

  private void control(Message message) {
    replies.whileBusy(
        message,
        () -> {
          switch (message.type()) {
            case "kernel_info_request" ->
                replies.reply(Channel.CONTROL, message, KernelInfo.answer());
            case "interrupt_request" -> {
              workbench.thenRun(() -> executors.forEach(each -> each.interrupt(message)));
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
            default -> {
              if (Subshells.answers(message)) {
                replies.reply(Channel.CONTROL, message, subshells.answer(message));
              } else {
                refuse(Channel.CONTROL, message);
              }
            }
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
