package dev.embedlab.data;

import dev.embedlab.data.FolderTables.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Retrieval data as MTEB stores it on the Hugging Face hub: tables in Parquet, JSON Lines, CSV or
 * TSV of the configurations {@code corpus}, {@code queries} and {@code qrels} (or {@code default}),
 * for reranking also {@code top_ranked}, for instructions {@code instruction} and {@code
 * qrel_diff}; several languages by a prefix or suffix as in {@code ko-corpus} and {@code
 * corpus-ko}, judgements also under the bare language. What a language lacks is taken from the
 * tables without one. The README's {@code configs} say which file is which; without them the names
 * of folders and files do.
 */
public final class HuggingFaceFolder {

  private static final Pattern KIND =
      Pattern.compile(
          "(?:(?<before>.+?)[-_])?"
              + "(?<kind>corpus|queries|query|qrels|default|top_ranked|instructions?|qrel_diff)"
              + "(?:[-_](?<after>.+))?",
          Pattern.CASE_INSENSITIVE);

  private HuggingFaceFolder() {}

  /** One table file and what it holds; of a kind that is empty, the subset is a bare name. */
  private record Part(Path file, String subset, String kind, String split) {}

  /** Whether a folder looks like one of these. */
  public static boolean isOne(Path folder) {
    Set<String> kinds = new HashSet<>();
    parts(folder).forEach(part -> kinds.add(part.kind));
    return kinds.containsAll(Set.of("corpus", "queries", "qrels"));
  }

  /** Names of the languages or other subsets; the empty name if there is one without a prefix. */
  public static Set<String> subsets(Path folder) {
    Set<String> subsets = new TreeSet<>();
    parts(folder).forEach(part -> subsets.add(part.subset));
    if (subsets.size() > 1 && parts(folder).stream().noneMatch(HuggingFaceFolder::isSharedQrels)) {
      subsets.remove("");
    }
    return subsets;
  }

  private static boolean isSharedQrels(Part part) {
    return part.subset.isEmpty() && part.kind.equals("qrels");
  }

  /** Reads the only subset, every row of which must be good. */
  public static RetrievalDataset read(Path folder) {
    return read(folder, OpenOptions.defaults());
  }

  /** As {@link #read(Path, OpenOptions)}, for all splits. */
  public static RetrievalDataset read(Path folder, String subset, BadRows badRows) {
    return read(folder, OpenOptions.defaults().withSubset(subset).withBadRows(badRows));
  }

  /**
   * Reads a subset. Where every split has a corpus or queries of its own, the options name the
   * split, as MTEB reads it; judgements of all splits are read unless only one is wanted.
   *
   * @throws BadRowException naming file, line and field
   */
  public static RetrievalDataset read(Path folder, OpenOptions options) {
    String subset = subset(folder, options.subset());
    List<Part> parts = partsOf(folder, subset);
    List<Document> documents = new ArrayList<>();
    List<Query> queries = new ArrayList<>();
    UniqueIds documentIds = new UniqueIds();
    UniqueIds queryIds = new UniqueIds();
    BadRows badRows = options.badRows();
    for (Path file : ofSplit(folder, parts, "corpus", options.split())) {
      rows(file, badRows, row -> documents.add(BeirRows.document(row, documentIds)));
    }
    Map<String, String> instructions = instructions(folder, parts, options);
    for (Path file : ofSplit(folder, parts, "queries", options.split())) {
      rows(file, badRows, row -> queries.add(instructed(row, queryIds, instructions)));
    }
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new RetrievalDataset(
        subset.isEmpty() ? name : name + "/" + subset,
        new Corpus(documents),
        new Queries(queries),
        judgements(parts, badRows));
  }

  private static Map<String, String> instructions(
      Path folder, List<Part> parts, OpenOptions options) {
    Map<String, String> instructions = new LinkedHashMap<>();
    for (Path file : ofSplit(folder, parts, "instruction", options.split())) {
      rows(
          file,
          options.badRows(),
          row -> instructions.put(row.id(queryId(row)), row.text("instruction")));
    }
    return instructions;
  }

  /**
   * A query with its instruction behind it, as MTEB hands it to models that know no instructions.
   */
  private static Query instructed(Row row, UniqueIds ids, Map<String, String> instructions) {
    Query query = BeirRows.query(row, ids);
    String own = row.textOrEmpty("instruction");
    String instruction = instructions.getOrDefault(query.id(), own);
    return instruction.isEmpty() ? query : new Query(query.id(), query.text() + " " + instruction);
  }

  private static String queryId(Row row) {
    return row.firstOf("query-id", "query_id", "qid");
  }

  private static Map<String, Qrels> judgements(List<Part> parts, BadRows badRows) {
    Map<String, Map<String, Map<String, Integer>>> grades = new TreeMap<>();
    for (Part part : parts) {
      if (part.kind.equals("qrels")) {
        Map<String, Map<String, Integer>> split =
            grades.computeIfAbsent(part.split, s -> new LinkedHashMap<>());
        rows(part.file, badRows, row -> BeirRows.judgement(row, split));
      }
    }
    Map<String, Qrels> splits = new TreeMap<>();
    grades.forEach((split, all) -> splits.put(split, new Qrels(all)));
    return splits;
  }

  /**
   * The documents to be put in order for each query, from the configuration {@code top_ranked};
   * empty if the folder has none.
   */
  public static Map<String, List<String>> candidates(Path folder, OpenOptions options) {
    return documentLists(folder, options, "top_ranked");
  }

  /**
   * The documents that a changed instruction makes irrelevant, from the configuration {@code
   * qrel_diff}; query ids lack the endings {@code -og} and {@code -changed}. Empty if the folder
   * has none.
   */
  public static Map<String, List<String>> changedDocuments(Path folder, OpenOptions options) {
    return documentLists(folder, options, "qrel_diff");
  }

  private static Map<String, List<String>> documentLists(
      Path folder, OpenOptions options, String kind) {
    List<Part> parts = partsOf(folder, subset(folder, options.subset()));
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (Path file : ofSplit(folder, parts, kind, options.split())) {
      rows(
          file,
          options.badRows(),
          row ->
              lists.put(row.id(queryId(row)), row.texts(row.firstOf("corpus-ids", "corpus_ids"))));
    }
    return lists;
  }

  /** Of every kind the tables of the subset, else those without one. */
  private static List<Part> partsOf(Path folder, String subset) {
    List<Part> all = parts(folder);
    Set<String> own = new HashSet<>();
    all.stream().filter(part -> part.subset.equals(subset)).forEach(part -> own.add(part.kind));
    return all.stream()
        .filter(
            part ->
                part.subset.equals(subset) || (part.subset.isEmpty() && !own.contains(part.kind)))
        .toList();
  }

  private static void rows(Path file, BadRows badRows, java.util.function.Consumer<Row> use) {
    try (RowReader rows = TableFile.open(file)) {
      badRows.read(rows, use);
    }
  }

  private static String subset(Path folder, String wanted) {
    Set<String> subsets = subsets(folder);
    if (wanted.isEmpty() && subsets.size() == 1) {
      return subsets.iterator().next();
    }
    if (!subsets.contains(wanted)) {
      throw new BadRowException(
          folder.toString(), 0, "", "has the subsets %s; say which one".formatted(subsets));
    }
    return wanted;
  }

  /** Files of a kind: all if they are of one split, else those of the split that is wanted. */
  private static List<Path> ofSplit(Path folder, List<Part> parts, String kind, String wanted) {
    List<Part> all = parts.stream().filter(part -> part.kind.equals(kind)).toList();
    Set<String> splits = new TreeSet<>();
    all.forEach(part -> splits.add(part.split));
    if (splits.size() <= 1) {
      return all.stream().map(Part::file).toList();
    }
    List<Path> files =
        all.stream().filter(p -> FolderTables.same(p.split, wanted)).map(Part::file).toList();
    if (files.isEmpty()) {
      throw new BadRowException(
          folder.toString(),
          0,
          "",
          "has one '%s' for each of the splits %s; say which split".formatted(kind, splits));
    }
    return files;
  }

  private static List<Part> parts(Path folder) {
    List<Path> files = FolderTables.files(folder);
    List<Part> declared =
        ReadmeConfigs.of(folder, files).stream().map(HuggingFaceFolder::declared).toList();
    if (declared.stream().anyMatch(part -> part.kind.equals("corpus"))) {
      return told(declared);
    }
    return told(files.stream().map(file -> byName(folder, file)).toList());
  }

  /**
   * Bare names are judgements if a language is called so that has a corpus but no judgements;
   * {@code data} and the names of splits are bare names of the tables without a language.
   */
  private static List<Part> told(List<Part> parts) {
    Set<String> lacking = new HashSet<>();
    parts.stream().filter(p -> p.kind.equals("corpus")).forEach(p -> lacking.add(p.subset));
    parts.stream().filter(p -> p.kind.equals("qrels")).forEach(p -> lacking.remove(p.subset));
    return parts.stream()
        .filter(part -> !part.kind.isEmpty() || lacking.contains(part.subset))
        .map(p -> p.kind.isEmpty() ? new Part(p.file, p.subset, "qrels", p.split) : p)
        .toList();
  }

  private static Part declared(Table table) {
    Matcher kind = KIND.matcher(table.config());
    return kind.matches()
        ? part(table.file(), kind, table.split())
        : new Part(table.file(), table.config(), "", table.split());
  }

  private static Part byName(Path folder, Path file) {
    String stem = FolderTables.stem(file);
    Path relative = folder.relativize(file);
    // A folder says more than the file in it: ko-corpus/corpus-00000-of-00001.parquet.
    List<String> names = new ArrayList<>();
    for (int i = relative.getNameCount() - 2; i >= 0; i--) {
      names.add(relative.getName(i).toString());
    }
    names.add(stem);
    for (String name : names) {
      Matcher kind = KIND.matcher(name);
      if (kind.matches()) {
        return part(file, kind, name.equals(stem) ? "test" : stem);
      }
    }
    boolean inFolder = names.size() > 1;
    if (inFolder ? names.getFirst().equals("data") : FolderTables.isSplit(stem)) {
      return new Part(file, "", "", stem);
    }
    return new Part(file, names.getFirst(), "", inFolder ? stem : "test");
  }

  private static Part part(Path file, Matcher kind, String split) {
    List<String> words =
        Stream.of(kind.group("before"), kind.group("after")).filter(Objects::nonNull).toList();
    String named = words.stream().filter(FolderTables::isSplit).findFirst().orElse(split);
    String subset =
        words.stream().filter(word -> !FolderTables.isSplit(word)).collect(Collectors.joining("-"));
    return new Part(file, subset, normal(kind.group("kind").toLowerCase(Locale.ROOT)), named);
  }

  private static String normal(String kind) {
    return switch (kind) {
      case "query" -> "queries";
      case "instructions" -> "instruction";
      case "default" -> "qrels";
      default -> kind;
    };
  }
}
