package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.shell.JavaShell;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;

/** Answers the requests that run no user code, also while a cell runs. */
final class Queries {
  private static final Set<String> TYPES =
      Set.of(
          "kernel_info_request",
          "complete_request",
          "inspect_request",
          "is_complete_request",
          "history_request",
          "comm_info_request");

  private final JavaShell shell;
  private final History history;
  private final Assistance assistance;

  Queries(JavaShell shell, History history, MagicRegistry magics) {
    this.shell = shell;
    this.history = history;
    this.assistance = new Assistance(shell, magics);
  }

  static boolean answers(Message message) {
    return TYPES.contains(message.type());
  }

  ObjectNode answer(Message message) {
    JsonNode content = message.content();
    return switch (message.type()) {
      case "complete_request" -> complete(content);
      case "inspect_request" -> inspect(content);
      case "is_complete_request" -> isComplete(content.path("code").asText());
      case "history_request" -> history.answer(content);
      default -> throw new IllegalArgumentException(message.type());
    };
  }

  private ObjectNode complete(JsonNode content) {
    String code = content.path("code").asText();
    return assistance.complete(code, utf16(code, content.path("cursor_pos").asInt(code.length())));
  }

  private ObjectNode inspect(JsonNode content) {
    String code = content.path("code").asText();
    String text =
        assistance.inspect(code, utf16(code, content.path("cursor_pos").asInt(code.length())));
    ObjectNode reply = Json.object().put("found", !text.isBlank());
    ObjectNode data = reply.putObject("data");
    if (!text.isBlank()) {
      data.put("text/plain", text);
    }
    reply.set("metadata", Json.object());
    return reply;
  }

  private ObjectNode isComplete(String code) {
    if (code.stripLeading().startsWith("%")) {
      // A cell magic ends with an empty line, a line magic with its line.
      boolean open = code.stripLeading().startsWith("%%") && !code.endsWith("\n");
      return open
          ? Json.object().put("status", "incomplete").put("indent", "")
          : Json.object().put("status", "complete");
    }
    if (closesWhatIsNotOpen(code)) {
      return Json.object().put("status", "invalid");
    }
    String rest = code;
    while (true) {
      SourceCodeAnalysis.CompletionInfo info = shell.analyze(rest);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE -> {
          if (info.remaining() == null || info.remaining().isBlank()) {
            return Json.object().put("status", "complete");
          }
          rest = info.remaining();
        }
        case EMPTY -> {
          return Json.object().put("status", "complete");
        }
        case DEFINITELY_INCOMPLETE -> {
          return Json.object().put("status", "incomplete").put("indent", "  ");
        }
        default -> {
          return Json.object().put("status", "invalid");
        }
      }
    }
  }

  private static boolean closesWhatIsNotOpen(String code) {
    int depth = 0;
    for (char c :
        code.replaceAll("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'|//.*", "").toCharArray()) {
      if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0 && --depth < 0) {
        return true;
      }
    }
    return false;
  }

  /** Cursors count code points; Java strings count UTF-16 units. */
  private static int utf16(String code, int codePoints) {
    int count = Math.max(0, Math.min(codePoints, code.codePointCount(0, code.length())));
    return code.offsetByCodePoints(0, count);
  }
}
