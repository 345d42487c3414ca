package dev.embedlab.bench;

import dev.embedlab.data.Datasets;
import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.Tokenizer;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Trains byte-level BPE with 30,000 pieces on 100 MB of text and encodes 20,000 texts of it. Run by
 * {@code src/main/python/tokenizer_speed.py}, in alternation with Hugging Face tokenizers on the
 * same file; prints one line of figures.
 */
public final class TokenizerSpeed {

  private static final long BYTES = 100_000_000;
  private static final int VOCABULARY = 30_000;
  private static final int TEXTS = 20_000;
  private static final int ROUNDS = 5;
  private static final String[] SYLLABLES =
      ("ba con ter ing er tion pre re un able ous ment al ly est ness ize or ist pro de in ex per"
              + " sub trans form 가 나 다 배 송 환 불 문 의 검 색 모 델")
          .split(" ");

  private TokenizerSpeed() {}

  /**
   * @param arguments the text file, which is made if it does not exist
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    if (!Files.exists(file)) {
      write(file);
    }
    long start = System.nanoTime();
    Tokenizer tokenizer;
    try (Stream<String> lines = Files.lines(file)) {
      tokenizer = TokenizerTrainer.gpt2(VOCABULARY).train(lines);
    }
    double training = seconds(start);
    List<String> texts;
    try (Stream<String> lines = Files.lines(file)) {
      texts = lines.limit(TEXTS).toList();
    }
    double[] rounds = new double[ROUNDS];
    long pieces = 0;
    for (int i = 0; i < ROUNDS; i++) {
      start = System.nanoTime();
      List<Encoding> encodings = tokenizer.encodeAll(texts);
      rounds[i] = seconds(start);
      pieces = encodings.stream().mapToLong(Encoding::size).sum();
    }
    System.out.printf(
        "train %.2f first %.3f encode %.3f pieces %d memory %d%n",
        training, rounds[0], Arrays.stream(rounds).sorted().toArray()[ROUNDS / 2], pieces, peak());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Most memory the process has had, in MiB, where the system tells. */
  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(-1);
    }
  }

  /**
   * Half documentation of java-api, again and again, half words of syllables, some half a million
   * different ones.
   */
  private static void write(Path file) throws IOException {
    List<String> documents = new ArrayList<>();
    for (String text : Datasets.open("java-api").corpus().contents()) {
      documents.add(text.replaceAll("\\s+", " "));
    }
    Random random = new Random(42);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; Files.size(file) < BYTES; i++) {
        out.write(documents.get(i % documents.size()));
        out.write('\n');
        out.write(coined(random, 60));
        out.write('\n');
      }
    }
  }

  private static String coined(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ");
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        double rank = Math.abs(random.nextGaussian()) / 3;
        text.append(SYLLABLES[(int) (Math.min(rank, 0.999) * SYLLABLES.length)]);
      }
    }
    return text.toString();
  }
}
