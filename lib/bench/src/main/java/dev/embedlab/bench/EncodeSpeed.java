package dev.embedlab.bench;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Forecast;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.OpenOptions;
import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.engine.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Java side of {@code encode_speed.py}: told on standard input which backend encodes, it
 * answers with seconds, so that the script can run both sides in alternation.
 */
public final class EncodeSpeed {

  private final Path folder;
  private final List<String> texts;
  private final Map<String, EmbeddingModel> models = new HashMap<>();

  private EncodeSpeed(Path folder, List<String> texts) {
    this.folder = folder;
    this.texts = texts;
  }

  /**
   * @param args checkpoint, file with a text on each line
   */
  public static void main(String[] args) throws IOException {
    EncodeSpeed speed = new EncodeSpeed(Path.of(args[0]), Files.readAllLines(Path.of(args[1])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("ANSWER " + speed.answer(line.split(" ")));
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "available" -> Backend.named(words[1]).isAvailable() ? "1" : "0";
      case "encode" -> "%.4f".formatted(encode(words[1]));
      case "save" -> save(words[1], Path.of(words[2]));
      case "forecast" -> forecast(words[1], Path.of(words[2]));
      case "memory" -> Long.toString(ResidentMemory.peak() >> 20);
      default -> throw new IllegalArgumentException("Unknown: " + words[0]);
    };
  }

  private EmbeddingModel model(String backend) throws IOException {
    EmbeddingModel open = models.get(backend);
    if (open == null) {
      open = Models.open(folder, OpenOptions.defaults().withBackend(backend));
      models.put(backend, open);
    }
    return open;
  }

  private double encode(String backend) throws IOException {
    EmbeddingModel model = model(backend);
    long start = System.nanoTime();
    model.encode(texts);
    return (System.nanoTime() - start) / 1e9;
  }

  private String save(String backend, Path file) throws IOException {
    float[][] vectors = model(backend).encode(texts);
    int columns = vectors[0].length;
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * vectors.length * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      bytes.asFloatBuffer().put(vector);
      bytes.position(bytes.position() + 4 * columns);
    }
    Files.write(file, bytes.array());
    return "0";
  }

  /** Seconds forecast and taken, most resident memory forecast and taken in MiB. */
  private String forecast(String backend, Path file) throws IOException {
    EmbeddingModel model = model(backend);
    List<String> lines = Files.readAllLines(file);
    Forecast forecast = model.forecast(lines, EncodeOptions.defaults());
    ResidentMemory.forgetPeak();
    long start = System.nanoTime();
    model.encode(lines);
    double seconds = (System.nanoTime() - start) / 1e9;
    return "%.4f %.4f %d %d"
        .formatted(
            forecast.time().toNanos() / 1e9,
            seconds,
            forecast.peakBytes().orElse(0) >> 20,
            Math.max(1, ResidentMemory.peak() >> 20));
  }
}
