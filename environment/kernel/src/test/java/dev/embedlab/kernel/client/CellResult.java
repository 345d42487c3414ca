package dev.embedlab.kernel.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.kernel.protocol.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything a kernel answered to one request.
 *
 * @param reply the reply on the shell channel
 * @param published the messages on iopub that belong to the request, in order
 */
public record CellResult(Message reply, List<Message> published) {

  /** ok, error or aborted. */
  public String status() {
    return reply.content().path("status").asText();
  }

  public int executionCount() {
    return reply.content().path("execution_count").asInt();
  }

  /** Everything printed to stdout. */
  public String stdout() {
    return stream("stdout");
  }

  /** Everything printed to stderr. */
  public String stderr() {
    return stream("stderr");
  }

  /** The contents of the published messages of a type. */
  public List<JsonNode> contents(String type) {
    return published.stream()
        .filter(message -> message.type().equals(type))
        .<JsonNode>map(Message::content)
        .toList();
  }

  /** The data of the cell's value in a MIME type. */
  public Optional<String> result(String mimeType) {
    return contents("execute_result").stream()
        .map(content -> content.path("data").path(mimeType))
        .filter(data -> !data.isMissingNode())
        .map(data -> data.isTextual() ? data.asText() : data.toString())
        .findFirst();
  }

  /** The cell's value as text, or an empty string. */
  public String text() {
    return result("text/plain").orElse("");
  }

  /** The error as a front end shows it, without colours; empty when there is none. */
  public String error() {
    return contents("error").stream()
        .flatMap(content -> lines(content.path("traceback")).stream())
        .collect(Collectors.joining("\n"))
        .replaceAll("\u001b\\[[0-9;]*m", "");
  }

  /** The class of the error; empty when there is none. */
  public String errorName() {
    return reply.content().path("ename").asText("");
  }

  private String stream(String name) {
    return contents("stream").stream()
        .filter(content -> content.path("name").asText().equals(name))
        .map(content -> content.path("text").asText())
        .collect(Collectors.joining());
  }

  private static List<String> lines(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
