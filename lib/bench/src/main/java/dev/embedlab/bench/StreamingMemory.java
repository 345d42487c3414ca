package dev.embedlab.bench;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.OpenOptions;
import dev.embedlab.data.NpyWriter;
import dev.embedlab.encode.EncodeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Encodes texts that are made while they are read, and writes their vectors while they come: a
 * corpus of any size should need the memory of a few thousand texts. Prints resident memory and the
 * live part of the heap at 10, 50 and 100 percent.
 *
 * <p>{@code lib/bench/run StreamingMemory [TEXTS [CHECKPOINT [BACKEND]]]}; without arguments a
 * million texts and a small static model of the tests.
 */
public final class StreamingMemory {

  private static final String SMALL_MODEL =
      "lib/models/src/test/resources/fixtures/static-embedding";

  private StreamingMemory() {}

  public static void main(String[] args) throws IOException {
    long count = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    Path folder = Path.of(args.length > 1 ? args[1] : SMALL_MODEL);
    OpenOptions options = OpenOptions.defaults().withBackend(args.length > 2 ? args[2] : "auto");
    Path file = Files.createTempDirectory("streaming").resolve("vectors.npy");
    try (EmbeddingModel model = Models.open(folder, options)) {
      System.out.printf("%,d texts, %s, backend %s%n", count, model.name(), model.backend());
      long first = encode(model, count, file);
      System.out.printf(
          "100 %% by 10 %%: %.3f; file of %,d bytes%n",
          ResidentMemory.now() / (double) first, Files.size(file));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    }
  }

  /** Resident bytes at 10 percent. */
  private static long encode(EmbeddingModel model, long count, Path file) throws IOException {
    long[] first = {1};
    try (NpyWriter out = new NpyWriter(file, model.dimension())) {
      model.encode(
          texts(count),
          EncodeOptions.defaults(),
          (position, vector) -> {
            try {
              out.write(vector);
              long done = position + 1;
              if (done == count / 10) {
                first[0] = show(10);
              } else if (done == count / 2) {
                show(50);
              } else if (done == count) {
                show(100);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return first[0];
  }

  private static long show(int percent) throws IOException {
    long resident = ResidentMemory.now();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "%3d %%: resident %,d MiB, live heap %,d MiB%n",
        percent, resident >> 20, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    return resident;
  }

  /** Made one by one, of 4 to 40 words. */
  private static Iterator<String> texts(long count) {
    SplittableRandom random = new SplittableRandom(42);
    return LongStream.range(0, count)
        .mapToObj(
            number -> {
              StringBuilder text = new StringBuilder("text ").append(number);
              for (int words = random.nextInt(4, 40); words > 0; words--) {
                text.append(' ').append(Integer.toString(random.nextInt(50_000), 36));
              }
              return text.toString();
            })
        .iterator();
  }
}
