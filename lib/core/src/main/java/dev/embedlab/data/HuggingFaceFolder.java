package dev.embedlab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Retrieval data as MTEB stores it on the Hugging Face hub: tables in Parquet, JSON Lines, CSV or
 * TSV in folders or files named for the configurations {@code corpus}, {@code queries} and {@code
 * qrels} (or {@code default}), several languages by a prefix as in {@code ko-corpus}. A file's name
 * begins with its split; large ones come in parts, {@code test-00000-of-00002.parquet}.
 */
public final class HuggingFaceFolder {

  private static final Pattern KIND =
      Pattern.compile("(?:(.+?)[-_])?(corpus|queries|query|qrels|default)");
  private static final Pattern PART = Pattern.compile("(.+?)(?:-\\d+-of-\\d+)?(?:\\.[a-z]+)+");

  private HuggingFaceFolder() {}

  /** One table file and what it holds. */
  private record Table(Path file, String subset, String kind, String split) {}

  /** Whether a folder looks like one of these. */
  public static boolean isOne(Path folder) {
    Set<String> kinds = new HashSet<>();
    tables(folder).forEach(table -> kinds.add(table.kind));
    return kinds.containsAll(Set.of("corpus", "queries", "qrels"));
  }

  /** Names of the languages or other subsets; the empty name if there is one without a prefix. */
  public static Set<String> subsets(Path folder) {
    Set<String> subsets = new TreeSet<>();
    tables(folder).forEach(table -> subsets.add(table.subset));
    return subsets;
  }

  /** Reads the only subset, every row of which must be good. */
  public static RetrievalDataset read(Path folder) {
    Set<String> subsets = subsets(folder);
    if (subsets.size() != 1) {
      throw new BadRowException(
          folder.toString(), 0, "", "has the subsets %s; say which one".formatted(subsets));
    }
    return read(folder, subsets.iterator().next(), BadRows.fail());
  }

  /**
   * @param subset prefix of the configurations, for example {@code ko}; empty for those without
   * @throws BadRowException naming file, line and field
   */
  public static RetrievalDataset read(Path folder, String subset, BadRows badRows) {
    List<Table> tables = tables(folder).stream().filter(t -> t.subset.equals(subset)).toList();
    List<Document> documents = new ArrayList<>();
    List<Query> queries = new ArrayList<>();
    Map<String, Map<String, Map<String, Integer>>> grades = new TreeMap<>();
    UniqueIds documentIds = new UniqueIds();
    UniqueIds queryIds = new UniqueIds();
    for (Table table : tables) {
      try (RowReader rows = TableFile.open(table.file)) {
        switch (table.kind) {
          case "corpus" ->
              badRows.read(rows, row -> documents.add(BeirRows.document(row, documentIds)));
          case "queries" -> badRows.read(rows, row -> queries.add(BeirRows.query(row, queryIds)));
          default ->
              badRows.read(
                  rows,
                  row ->
                      BeirRows.judgement(
                          row, grades.computeIfAbsent(table.split, s -> new LinkedHashMap<>())));
        }
      }
    }
    Map<String, Qrels> splits = new TreeMap<>();
    grades.forEach((split, all) -> splits.put(split, new Qrels(all)));
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new RetrievalDataset(
        subset.isEmpty() ? name : name + "/" + subset,
        new Corpus(documents),
        new Queries(queries),
        splits);
  }

  private static List<Table> tables(Path folder) {
    try (Stream<Path> files = Files.walk(folder, 4)) {
      return files
          .filter(Files::isRegularFile)
          .filter(TableFile::isOne)
          .sorted()
          .flatMap(file -> table(folder, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Stream<Table> table(Path folder, Path file) {
    Matcher part = PART.matcher(file.getFileName().toString());
    String stem = part.matches() ? part.group(1) : file.getFileName().toString();
    Path relative = folder.relativize(file);
    // A folder says more than the file in it: ko-corpus/corpus-00000-of-00001.parquet.
    List<String> names = new ArrayList<>();
    for (int i = relative.getNameCount() - 2; i >= 0; i--) {
      names.add(relative.getName(i).toString());
    }
    names.add(stem);
    for (String name : names) {
      Matcher kind = KIND.matcher(name.toLowerCase(Locale.ROOT));
      if (kind.matches()) {
        String subset = kind.group(1) == null ? "" : kind.group(1);
        String split = name.equals(stem) ? "test" : stem;
        return Stream.of(new Table(file, subset, normal(kind.group(2)), split));
      }
    }
    return Stream.empty();
  }

  private static String normal(String kind) {
    return switch (kind) {
      case "query" -> "queries";
      case "default" -> "qrels";
      default -> kind;
    };
  }
}
