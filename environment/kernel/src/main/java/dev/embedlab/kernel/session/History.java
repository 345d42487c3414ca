package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What was run in this session; answers history_request. */
final class History {
  private static final int LIMIT = 10_000;

  private record Entry(int line, String source, String output) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int line, String source) {
    if (!source.isBlank()) {
      entries.add(new Entry(line, source, null));
      if (entries.size() > LIMIT) {
        entries.removeFirst();
      }
    }
  }

  synchronized void addOutput(int line, String output) {
    if (!entries.isEmpty() && entries.getLast().line() == line) {
      Entry last = entries.removeLast();
      String kept = output.length() > 1000 ? output.substring(0, 1000) + "…" : output;
      entries.add(new Entry(line, last.source(), kept));
    }
  }

  /** The reply to a history_request: tail, range or search. */
  synchronized ObjectNode answer(JsonNode request) {
    List<Entry> found =
        switch (request.path("hist_access_type").asText("tail")) {
          case "range" -> range(request);
          case "search" -> search(request);
          default -> last(entries, request.path("n").asInt(LIMIT));
        };
    ObjectNode reply = Json.object();
    ArrayNode list = reply.putArray("history");
    boolean withOutput = request.path("output").asBoolean(false);
    for (Entry entry : found) {
      ArrayNode item = list.addArray().add(0).add(entry.line());
      if (withOutput) {
        item.addArray().add(entry.source()).add(entry.output());
      } else {
        item.add(entry.source());
      }
    }
    return reply;
  }

  private List<Entry> range(JsonNode request) {
    int session = request.path("session").asInt(0);
    int start = request.path("start").asInt(0);
    int stop = request.path("stop").isInt() ? request.path("stop").asInt() : Integer.MAX_VALUE;
    return entries.stream()
        .filter(entry -> session == 0 && entry.line() >= start && entry.line() < stop)
        .toList();
  }

  private List<Entry> search(JsonNode request) {
    Predicate<String> matches = glob(request.path("pattern").asText("*"));
    List<Entry> found =
        new ArrayList<>(entries.stream().filter(e -> matches.test(e.source())).toList());
    if (request.path("unique").asBoolean(false)) {
      Set<String> seen = new HashSet<>();
      found =
          new ArrayList<>(
              found.reversed().stream().filter(e -> seen.add(e.source())).toList().reversed());
    }
    return last(found, request.path("n").asInt(LIMIT));
  }

  private static List<Entry> last(List<Entry> list, int n) {
    return List.copyOf(list.subList(Math.max(0, list.size() - Math.max(0, n)), list.size()));
  }

  /** Shell wildcards as SQLite's GLOB knows them: *, ? and [...]. */
  private static Predicate<String> glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
    return text -> compiled.matcher(text).matches();
  }
}
