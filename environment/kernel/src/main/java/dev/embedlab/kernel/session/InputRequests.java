package dev.embedlab.kernel.session;

import dev.embedlab.kernel.output.CellOutput;
import dev.embedlab.kernel.protocol.Message;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Questions of running cells to their front end, and the answers. */
final class InputRequests {
  /** A question that waits. */
  private record Question(String id, LinkedBlockingQueue<String> answer) {}

  private final List<Question> waiting = new CopyOnWriteArrayList<>();
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
      String id = reply.parent().path("msg_id").asText();
      // Not every front end says which question it answers: then it is the last one.
      waiting.stream()
          .filter(question -> question.id().equals(id))
          .findFirst()
          .or(() -> waiting.stream().reduce((first, second) -> second))
          .ifPresent(q -> q.answer().offer(reply.content().path("value").asText()));
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
    LinkedBlockingQueue<String> answer = new LinkedBlockingQueue<>();
    Question question = new Question(UUID.randomUUID().toString(), answer);
    waiting.add(question);
    replies.askInput(request, question.id(), prompt, password);
    try {
      return answer.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The question was interrupted.", e);
    } finally {
      waiting.remove(question);
    }
  }
}
