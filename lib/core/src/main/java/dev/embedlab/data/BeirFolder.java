package dev.embedlab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A folder as BEIR lays it out: {@code corpus.jsonl} ({@code _id}, {@code title}, {@code text}),
 * {@code queries.jsonl} ({@code _id}, {@code text}) and {@code qrels/NAME.tsv} for each split. The
 * files may be gzipped.
 *
 * <p>Source: Thakur et al., "BEIR: A heterogeneous benchmark for zero-shot evaluation of
 * information retrieval models", NeurIPS 2021.
 */
public final class BeirFolder {

  private BeirFolder() {}

  /** Whether a folder looks like one of these. */
  public static boolean isOne(Path folder) {
    return find(folder, "corpus.jsonl") != null
        && find(folder, "queries.jsonl") != null
        && hasJudgements(folder.resolve("qrels"));
  }

  private static boolean hasJudgements(Path qrels) {
    if (!Files.isDirectory(qrels)) {
      return false;
    }
    try (Stream<Path> files = Files.list(qrels)) {
      return files.anyMatch(BeirFolder::isJudgements);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + qrels + ": " + e.getMessage(), e);
    }
  }

  private static boolean isJudgements(Path file) {
    return file.getFileName().toString().matches(".+\\.tsv(\\.gz)?");
  }

  /** Reads a folder whose every row must be good. */
  public static RetrievalDataset read(Path folder) {
    return read(folder, BadRows.fail());
  }

  /**
   * @throws BadRowException naming file, line and field
   */
  public static RetrievalDataset read(Path folder, BadRows badRows) {
    Corpus corpus = new Corpus(rows(required(folder, "corpus.jsonl"), badRows, BeirRows::document));
    Queries queries =
        new Queries(rows(required(folder, "queries.jsonl"), badRows, BeirRows::query));
    return new RetrievalDataset(name(folder), corpus, queries, splits(folder, badRows));
  }

  private static String name(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return absolute.getFileName() == null ? "data" : absolute.getFileName().toString();
  }

  private static <T> List<T> rows(Path file, BadRows badRows, BiFunction<Row, UniqueIds, T> maker) {
    List<T> all = new ArrayList<>();
    UniqueIds ids = new UniqueIds();
    try (JsonLines lines = new JsonLines(file)) {
      badRows.read(lines, row -> all.add(maker.apply(row, ids)));
    }
    return all;
  }

  private static Map<String, Qrels> splits(Path folder, BadRows badRows) {
    Path qrels = folder.resolve("qrels");
    if (!Files.isDirectory(qrels)) {
      throw new BadRowException(
          folder.toString(),
          0,
          "",
          "has no folder 'qrels'; put the judgements into qrels/test.tsv");
    }
    Map<String, Qrels> splits = new TreeMap<>();
    try (Stream<Path> files = Files.list(qrels)) {
      files
          .filter(BeirFolder::isJudgements)
          .sorted()
          .forEach(file -> splits.put(split(file), QrelsFile.read(file, badRows)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + qrels + ": " + e.getMessage(), e);
    }
    if (splits.isEmpty()) {
      throw new BadRowException(
          qrels.toString(), 0, "", "holds no .tsv file; put the judgements into qrels/test.tsv");
    }
    return splits;
  }

  private static String split(Path file) {
    return file.getFileName().toString().replaceFirst("\\.tsv(\\.gz)?$", "");
  }

  private static Path required(Path folder, String file) {
    Path found = find(folder, file);
    if (found == null) {
      throw new BadRowException(folder.resolve(file).toString(), 0, "", "there is no such file");
    }
    return found;
  }

  private static Path find(Path folder, String file) {
    for (String name : List.of(file, file + ".gz")) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    return null;
  }
}
