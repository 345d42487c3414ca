package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.magic.CellParts;
import dev.embedlab.kernel.magic.Magic;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.shell.JavaShell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completion and documentation at a cursor. */
final class Assistance {
  private static final int MIN_CLASS_PREFIX = 3;
  private static final int MAX_IMPORTS = 30;

  private final JavaShell shell;
  private final MagicRegistry magics;

  Assistance(JavaShell shell, MagicRegistry magics) {
    this.shell = shell;
    this.magics = magics;
  }

  /** A piece of Java in the cell, with the cursor relative to it. */
  private record Focus(String code, int cursor, int offset) {}

  /** The reply to a complete_request; cursor in UTF-16 units. */
  ObjectNode complete(String cell, int cursor) {
    String magic = magicAt(cell, cursor);
    if (magic != null) {
      List<String> names =
          magics.names().stream()
              .filter(name -> name.regionMatches(true, 0, magic, 0, magic.length()))
              .toList();
      return matches(cell, cursor - magic.length(), cursor, names, Set.of());
    }
    Focus focus = focus(cell, cursor);
    int start = identifierStart(focus.code(), focus.cursor());
    int[] anchor = {start};
    Set<String> found = new LinkedHashSet<>();
    for (String code = focus.code().substring(0, focus.cursor()); ; ) {
      int cut = focus.cursor() - code.length();
      int[] own = {code.length()};
      List<Suggestion> suggestions = suggestions(code, own);
      if (!suggestions.isEmpty()) {
        suggestions.stream().map(Suggestion::continuation).forEach(found::add);
        anchor[0] = cut + own[0];
        break;
      }
      String rest = afterFirstSnippet(code);
      if (rest == null) {
        break;
      }
      code = rest;
    }
    Set<String> imports =
        anchor[0] == start ? imports(focus.code(), start, focus.cursor(), found) : Set.of();
    found.addAll(imports);
    return matches(cell, focus.offset() + anchor[0], cursor, found, imports);
  }

  private List<Suggestion> suggestions(String code, int[] anchor) {
    return shell.query(
        jshell -> jshell.sourceCodeAnalysis().completionSuggestions(code, code.length(), anchor));
  }

  /** jshell completes within one snippet: what stands before it is dropped piece by piece. */
  private String afterFirstSnippet(String code) {
    var info = shell.analyze(code);
    boolean more =
        info.completeness().isComplete()
            && info.remaining() != null
            && !info.remaining().isBlank()
            && info.remaining().length() < code.length();
    return more ? info.remaining() : null;
  }

  /** Full names of classes that are not imported yet. */
  private Set<String> imports(String code, int start, int cursor, Set<String> known) {
    String prefix = code.substring(start, cursor);
    String before = code.substring(0, start).stripTrailing();
    if (prefix.length() < MIN_CLASS_PREFIX
        || !Character.isUpperCase(prefix.charAt(0))
        || before.endsWith(".")) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>(shell.classNames(prefix, MAX_IMPORTS));
    names.removeIf(name -> known.contains(name.substring(name.lastIndexOf('.') + 1)));
    return names;
  }

  private static ObjectNode matches(
      String cell, int start, int end, Iterable<String> found, Set<String> imports) {
    int from = cell.codePointCount(0, start);
    int to = cell.codePointCount(0, end);
    ObjectNode reply = Json.object();
    ArrayNode list = reply.putArray("matches");
    ObjectNode metadata = Json.object();
    ArrayNode types = metadata.putArray("_jupyter_types_experimental");
    for (String match : found) {
      list.add(match);
      types
          .addObject()
          .put("start", from)
          .put("end", to)
          .put("text", match)
          .put("type", imports.contains(match) ? "class" : type(match));
    }
    reply.put("cursor_start", from);
    reply.put("cursor_end", to);
    reply.set("metadata", metadata);
    return reply;
  }

  private static String type(String match) {
    if (match.contains("(")) {
      return "function";
    }
    return !match.isEmpty() && Character.isUpperCase(match.charAt(0)) ? "class" : "instance";
  }

  /** The documentation at a cursor, or an empty string. */
  String inspect(String cell, int cursor) {
    String name = magicAt(cell, identifierEnd(cell, cursor));
    if (name != null) {
      return magics.all().stream()
          .filter(magic -> magic.name().equalsIgnoreCase(name))
          .map((Magic magic) -> magic.usage() + "\n" + magic.help())
          .collect(Collectors.joining());
    }
    Focus focus = focus(cell, cursor);
    int end = identifierEnd(focus.code(), focus.cursor());
    String code = focus.code().substring(0, end);
    List<String> attempts = new ArrayList<>(List.of(code + "(", code));
    if (end == identifierStart(code, end)) {
      attempts = List.of(code);
    }
    for (String rest = code; rest != null; rest = afterFirstSnippet(rest)) {
      for (String attempt : attempts) {
        String part = attempt.substring(Math.min(code.length() - rest.length(), attempt.length()));
        String text = documentation(part);
        if (!text.isBlank()) {
          return text;
        }
      }
    }
    return "";
  }

  private String documentation(String code) {
    List<Documentation> found = shell.documentation(code);
    return found.stream()
        .map(each -> each.signature() + "\n" + Javadoc.text(each.javadoc()))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static Focus focus(String cell, int cursor) {
    for (CellParts.Part part : CellParts.of(cell)) {
      if (part instanceof CellParts.Code(int offset, String text)
          && cursor >= offset
          && cursor <= offset + text.length()) {
        return new Focus(text, cursor - offset, offset);
      }
      if (part instanceof CellParts.Cell whole && cursor >= whole.bodyOffset()) {
        return new Focus(whole.body(), cursor - whole.bodyOffset(), whole.bodyOffset());
      }
    }
    return new Focus(cell, cursor, 0);
  }

  /** The letters of a magic's name before the cursor, or null when the cursor is not on one. */
  private static String magicAt(String cell, int cursor) {
    String line = cell.substring(cell.lastIndexOf('\n', cursor - 1) + 1, cursor).stripLeading();
    return line.matches("%%?\\w*") ? line.replace("%", "") : null;
  }

  private static int identifierStart(String code, int cursor) {
    int start = cursor;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int identifierEnd(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }
}
