package dev.embedlab.kernel.session;

import dev.embedlab.kernel.output.CellOutput;
import dev.embedlab.kernel.protocol.Message;
import java.util.concurrent.LinkedBlockingQueue;

/** Questions of running cells to their front end, and the answers. */
final class InputRequests {
  private record Answer(String parent, String text) {}

  private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final Replies replies;
  private final java.util.Map<String, Message> requests =
      new java.util.concurrent.ConcurrentHashMap<>();

  InputRequests(Replies replies) {
    this.replies = replies;
  }

  void begin(Message request) {
    requests.put(request.id(), request);
  }

  void end(Message request) {
    requests.remove(request.id());
  }

  void receive(Message reply) {
    if (reply.type().equals("input_reply")) {
      answers.offer(
          new Answer(
              reply.parent().path("msg_id").asText(), reply.content().path("value").asText()));
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws IllegalStateException when the front end does not answer questions
   */
  String ask(String prompt, boolean password) {
    CellOutput output = CellOutput.current();
    Message request = output == null ? null : requests.get(output.parent().path("msg_id").asText());
    if (request == null || !output.allowStdin()) {
      throw new IllegalStateException(
          "Input was asked for, but this front end does not answer questions (allow_stdin is"
              + " false) or the cell has ended.");
    }
    output.flush();
    answers.clear();
    replies.askInput(request, prompt, password);
    try {
      return answers.take().text();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The question was interrupted.", e);
    }
  }
}
