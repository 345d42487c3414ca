package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.channel.Channel;
import dev.embedlab.kernel.channel.Log;
import dev.embedlab.kernel.output.CellOutput;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.render.Renderer;
import dev.embedlab.kernel.shell.CellException;
import dev.embedlab.kernel.shell.CellSource;
import dev.embedlab.kernel.shell.CellThread;
import dev.embedlab.kernel.shell.Execution;
import dev.embedlab.kernel.shell.InterruptedCell;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers execute_request. */
final class Executor {
  private static final String INTERRUPTED = "java.lang.InterruptedException";

  private final Replies replies;
  private final CellRunner cells;
  private final Renderer renderer;
  private final InputRequests input;
  private final History history;
  private final CellThread thread;
  private final AtomicInteger count;
  private final Object startLock = new Object();
  private Execution running;
  private Instant early;

  Executor(
      Replies replies,
      CellRunner cells,
      Renderer renderer,
      InputRequests input,
      History history,
      CellThread thread,
      AtomicInteger count) {
    this.replies = replies;
    this.cells = cells;
    this.renderer = renderer;
    this.input = input;
    this.history = history;
    this.thread = thread;
    this.count = count;
  }

  /** Runs startup code; what fails is reported and the session starts all the same. */
  void startup(List<String> scripts) {
    CellOutput output = new CellOutput(Json.object(), replies.publisher(), false, false);
    for (String script : scripts) {
      try {
        cells.run(new CellSource("Startup script", script), new Execution(output, thread));
      } catch (CellException e) {
        Log.warn("startup script: " + String.join("\n", e.traceback()));
      } catch (InterruptedCell e) {
        return;
      }
    }
  }

  /**
   * Stops the running cell. When none runs yet, the interrupt may have overtaken its cell on the
   * other socket: then the next cell that was sent before the interrupt is stopped.
   */
  void interrupt(Message request) {
    synchronized (startLock) {
      if (running != null) {
        running.interrupt();
      } else {
        early = sent(request);
      }
    }
  }

  int count() {
    return count.get();
  }

  private Execution begin(Message request, CellOutput output) {
    Execution execution = new Execution(output, thread);
    synchronized (startLock) {
      running = execution;
      Instant sent = sent(request);
      if (early != null && sent.isBefore(early) && sent.isAfter(early.minusSeconds(5))) {
        execution.interrupt();
      }
      early = null;
    }
    return execution;
  }

  private static Instant sent(Message message) {
    try {
      return OffsetDateTime.parse(message.header().path("date").asText()).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.now();
    }
  }

  /** True when the cell failed and the requests queued behind it must be aborted. */
  boolean execute(Message request) {
    JsonNode content = request.content();
    boolean silent = content.path("silent").asBoolean(false);
    boolean store = !silent && content.path("store_history").asBoolean(true);
    String code = content.path("code").asText("");
    int number = store ? count.incrementAndGet() : Math.max(1, count.get());
    CellOutput output =
        new CellOutput(
            request.header(),
            replies.publisher(),
            silent,
            content.path("allow_stdin").asBoolean(false));
    Execution execution = begin(request, output);
    input.begin(request);
    if (store) {
      history.add(number, code);
    }
    ObjectNode reply = Json.object();
    try {
      output.publish(
          "execute_input", Json.object().put("code", code).put("execution_count", number));
      Optional<Object> value = cells.run(new CellSource("Cell [" + number + "]", code), execution);
      value.ifPresent(v -> show(v, number, output, execution, store));
      reply.put("status", "ok");
      reply.putArray("payload");
      reply.set("user_expressions", userExpressions(content, execution));
    } catch (Throwable t) {
      fail(t, output, reply);
    } finally {
      end();
      input.end(request);
      output.flush();
    }
    reply.put("execution_count", number);
    replies.reply(Channel.SHELL, request, reply);
    return !"ok".equals(reply.path("status").asText())
        && content.path("stop_on_error").asBoolean(true);
  }

  /**
   * Runs user code that no cell holds, such as what a comm does with a message; what it prints
   * belongs to that message.
   *
   * @return false when it failed; the error is printed
   */
  boolean runHandler(Message request, Runnable handler) {
    CellOutput output = new CellOutput(request.header(), replies.publisher(), false, false);
    Execution execution = begin(request, output);
    List<String> failure = List.of();
    try {
      cells.onCellThread(execution, Executors.callable(handler));
    } catch (CellException e) {
      failure = e.traceback();
    } catch (InterruptedCell e) {
      failure = List.of(e.getMessage());
    } finally {
      end();
    }
    byte[] text = String.join("\n", failure).getBytes(StandardCharsets.UTF_8);
    output.write("stderr", text, 0, text.length);
    output.flush();
    return failure.isEmpty();
  }

  private void end() {
    synchronized (startLock) {
      running = null;
    }
  }

  private void show(
      Object value, int number, CellOutput output, Execution execution, boolean store) {
    if (value.equals(output.lastDisplay())) {
      // The cell ends with display(...): its id below what it shows would only disturb.
      return;
    }
    try {
      Map<String, Object> bundle = cells.onCellThread(execution, () -> renderer.render(value));
      if (store) {
        history.addOutput(number, String.valueOf(bundle.get("text/plain")));
      }
      ObjectNode result = Json.object().put("execution_count", number);
      result.set("data", Bundles.data(bundle));
      result.set("metadata", Json.object());
      output.publish("execute_result", result);
    } catch (CellException | InterruptedCell e) {
      throw new RenderingFailed(e);
    }
  }

  private static final class RenderingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RenderingFailed(Exception cause) {
      super(cause);
    }
  }

  private void fail(Throwable thrown, CellOutput output, ObjectNode reply) {
    Throwable t = thrown instanceof RenderingFailed ? thrown.getCause() : thrown;
    ObjectNode error =
        switch (t) {
          case CellException e -> Replies.error(e.name(), e.getMessage(), e.traceback());
          case InterruptedCell e ->
              Replies.error(
                  INTERRUPTED,
                  e.getMessage(),
                  List.of("\u001b[1;31mInterrupted\u001b[0m: " + e.getMessage()));
          default ->
              Replies.error(
                  t.getClass().getName(), String.valueOf(t.getMessage()), List.of(t.toString()));
        };
    output.publish("error", error);
    reply.setAll(error);
    reply.put("status", "error");
  }

  private ObjectNode userExpressions(JsonNode content, Execution execution) {
    ObjectNode answers = Json.object();
    content
        .path("user_expressions")
        .properties()
        .forEach(each -> answers.set(each.getKey(), evaluate(each.getValue().asText(), execution)));
    return answers;
  }

  private ObjectNode evaluate(String expression, Execution execution) {
    ObjectNode answer = Json.object();
    try {
      Optional<Object> value = cells.run(new CellSource("user expression", expression), execution);
      Map<String, Object> bundle =
          cells.onCellThread(execution, () -> renderer.render(value.orElse(null)));
      answer.put("status", "ok");
      answer.set("data", Bundles.data(bundle));
      answer.set("metadata", Json.object());
    } catch (CellException e) {
      answer.put("status", "error");
      answer.setAll(Replies.error(e.name(), e.getMessage(), e.traceback()));
    } catch (InterruptedCell e) {
      answer.put("status", "error");
      answer.setAll(Replies.error(INTERRUPTED, e.getMessage(), List.of(e.getMessage())));
    }
    return answer;
  }
}
