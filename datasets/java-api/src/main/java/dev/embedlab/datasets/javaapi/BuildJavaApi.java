package dev.embedlab.datasets.javaapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.embedlab.datasets.javaapi.JavaApi.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds the data set into a cache folder, unless the one there was made by this very builder from
 * these very archives.
 */
public final class BuildJavaApi {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String STAMP = "build.json";

  private BuildJavaApi() {}

  /**
   * @param args folder of {@code -sources.jar} files; folder to write
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: BuildJavaApi ARCHIVES_FOLDER CACHE_FOLDER");
      System.exit(2);
    }
    build(Path.of(args[0]), Path.of(args[1]).toAbsolutePath().normalize());
  }

  static void build(Path archives, Path cache) throws IOException {
    List<Path> jars = list(archives, "-sources.jar");
    if (jars.isEmpty()) {
      throw new IOException("No -sources.jar in %s; run Maven to fetch them.".formatted(archives));
    }
    Map<String, String> inputs = inputs(jars);
    if (upToDate(cache, inputs)) {
      return;
    }
    System.out.println("Building data set java-api from " + jars.size() + " source archives");
    List<Member> members = new ArrayList<>();
    for (Path jar : jars) {
      List<Member> found = SourceArchive.members(jar);
      System.out.printf("  %-45s %6d documented members%n", jar.getFileName(), found.size());
      members.addAll(found);
    }
    JavaApi data = JavaApi.of(members);
    write(data, inputs, cache);
    System.out.println("  " + counts(data) + " -> " + cache);
  }

  private static void write(JavaApi data, Map<String, String> inputs, Path cache)
      throws IOException {
    Path fresh = cache.resolveSibling(cache.getFileName() + ".tmp");
    delete(fresh);
    Map<String, String> ids = BeirFiles.ids(data);
    BeirFiles.write(data, ids, fresh);
    JavaApi small = data.small();
    BeirFiles.write(small, ids, fresh.resolve("small"));
    Map<String, Object> stamp = new LinkedHashMap<>();
    stamp.put("counts", Map.of("full", counts(data), "small", counts(small)));
    stamp.put("files", hashes(fresh));
    stamp.put("inputs", inputs);
    Files.writeString(fresh.resolve(STAMP), JSON.writeValueAsString(stamp) + "\n");
    delete(cache);
    Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
  }

  static Map<String, Integer> counts(JavaApi data) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("documents", data.documents().size());
    data.questions()
        .forEach((split, list) -> counts.put(split.fileName() + " queries", list.size()));
    counts.put(
        "train pairs",
        data.questions().get(Split.TRAIN).stream().mapToInt(q -> q.answers().size()).sum());
    return new TreeMap<>(counts);
  }

  private static boolean upToDate(Path cache, Map<String, String> inputs) throws IOException {
    Path stamp = cache.resolve(STAMP);
    if (!Files.isRegularFile(stamp)) {
      return false;
    }
    return JSON.valueToTree(inputs).equals(JSON.readTree(Files.readString(stamp)).get("inputs"));
  }

  /** What the result depends on: the archives and this builder's own classes. */
  private static Map<String, String> inputs(List<Path> jars) throws IOException {
    Map<String, String> inputs = new TreeMap<>();
    for (Path jar : jars) {
      inputs.put(jar.getFileName().toString(), sha256(jar));
    }
    for (Class<?> type :
        List.of(
            SourceArchive.class,
            PlainText.class,
            Sentences.class,
            JavaApi.class,
            NearDuplicates.class,
            Quotations.class,
            BeirFiles.class)) {
      String file = type.getSimpleName() + ".class";
      try (InputStream in = type.getResourceAsStream(file)) {
        inputs.put(file, sha256(in));
      }
    }
    return inputs;
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString().replace('\\', '/'), sha256(file));
      }
    }
    return hashes;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(in);
    }
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static List<Path> list(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(BuildJavaApi::deleteOne);
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
