package dev.embedlab.frontier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.statistics.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Finished settings, one JSON object a line. Lines of another workload or cut short are skipped.
 */
final class Journal {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String workload;
  private final Map<String, List<Point>> known = new HashMap<>();

  private Journal(Path file, String workload) {
    this.file = file;
    this.workload = workload;
  }

  static Journal open(Path file, Workload workload, String metric) {
    Journal journal = new Journal(file, fingerprint(workload) + " " + metric);
    if (Files.exists(file)) {
      try {
        String text = Files.readString(file);
        text.lines().forEach(journal::read);
        if (!text.isEmpty() && !text.endsWith("\n")) {
          Files.writeString(file, "\n", StandardOpenOption.APPEND);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the journal %s".formatted(file), e);
      }
    }
    return journal;
  }

  private void read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.path("workload").asText().equals(workload)) {
        List<Point> points = new ArrayList<>();
        for (JsonNode point : node.get("points")) {
          points.add(point(point));
        }
        known.put(node.get("prefix").asText(), points);
      }
    } catch (IOException | RuntimeException e) {
      // The last line of an interrupted run: that setting is measured again.
    }
  }

  List<Point> find(String prefix) {
    return known.getOrDefault(prefix, List.of());
  }

  void add(String prefix, List<Point> points) {
    known.put(prefix, points);
    ObjectNode node = JSON.createObjectNode();
    node.put("workload", workload).put("prefix", prefix);
    points.forEach(point -> node.withArray("points").addPOJO(map(point)));
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(node) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the journal %s".formatted(file), e);
    }
  }

  private static Map<String, Object> map(Point p) {
    Interval q = p.quality();
    return Map.of(
        "setting", p.setting(),
        "dimension", p.dimension(),
        "index", p.index(),
        "quality", new double[] {q.estimate(), q.low(), q.high(), q.confidence()},
        "perQuery", p.perQuery(),
        "bytesPerVector", p.bytesPerVector(),
        "buildSeconds", p.buildSeconds(),
        "latency", new double[] {p.latency().p50(), p.latency().p95(), p.latency().p99()},
        "queriesPerSecond", p.queriesPerSecond());
  }

  private static Point point(JsonNode node) {
    double[] quality = doubles(node.get("quality"));
    double[] latency = doubles(node.get("latency"));
    return new Point(
        node.get("setting").asText(),
        node.get("dimension").asInt(),
        node.get("index").asText(),
        new Interval(quality[0], quality[1], quality[2], quality[3]),
        doubles(node.get("perQuery")),
        node.get("bytesPerVector").asDouble(),
        node.get("buildSeconds").asDouble(),
        new Point.Latency(latency[0], latency[1], latency[2]),
        node.get("queriesPerSecond").asDouble());
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static String fingerprint(Workload workload) {
    CRC32C crc = new CRC32C();
    for (float[][] vectors : List.of(workload.documents(), workload.queries())) {
      for (float[] vector : vectors) {
        crc.update(
            Integer.toString(java.util.Arrays.hashCode(vector))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    String judged = Integer.toString(workload.qrels().asMap().hashCode());
    return Long.toHexString(crc.getValue()) + judged;
  }
}
