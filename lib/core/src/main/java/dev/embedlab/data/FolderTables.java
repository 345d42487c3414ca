package dev.embedlab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table files of a folder with the configuration and the split each belongs to. The README's
 * {@code configs} decide if it has them; else the names do: {@code en/test-00000-of-00002.parquet},
 * {@code test/en.jsonl.gz} and {@code data/en-test.csv} all are split {@code test} of {@code en}.
 *
 * <p>Source: the documentation of the Hugging Face hub, "File names and splits" and "Manual
 * configuration".
 */
final class FolderTables {

  /** Name of the only configuration of a folder that names none. */
  static final String DEFAULT = "default";

  private static final int DEPTH = 4;
  private static final Pattern PART = Pattern.compile("(.+?)(?:-\\d+-of-\\d+)?(?:\\.[a-z]+)+");
  private static final Pattern SPLIT =
      Pattern.compile(
          "(?:^|(?<=[-_. ]))"
              + "(train(?:ing)?|test(?:ing)?|eval(?:uation)?|validation|valid|val|dev)"
              + "(?=$|[-_. ])");
  private static final Set<String> VALIDATION = Set.of("validation", "valid", "val", "dev");

  /** One file of rows. */
  record Table(Path file, String config, String split) {}

  private FolderTables() {}

  static List<Table> of(Path folder) {
    List<Path> files = files(folder);
    List<Table> declared = ReadmeConfigs.of(folder, files);
    return declared.isEmpty() ? files.stream().map(f -> byName(folder, f)).toList() : declared;
  }

  /** All files of rows below a folder, sorted. */
  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files.filter(Files::isRegularFile).filter(TableFile::isOne).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A file's name without the number of its part and without its ending. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    Matcher part = PART.matcher(name);
    return part.matches() ? part.group(1) : name;
  }

  /** The split that a file's name tells, the whole stem if it tells none. */
  static String split(Path file) {
    String stem = stem(file);
    Matcher word = SPLIT.matcher(stem.toLowerCase(Locale.ROOT));
    return word.find() ? word.group(1) : stem;
  }

  private static Table byName(Path folder, Path file) {
    String stem = stem(file);
    Path parent = folder.relativize(file).getParent();
    String above = parent == null ? "" : parent.getFileName().toString();
    if (SPLIT.matcher(above.toLowerCase(Locale.ROOT)).matches()) {
      return new Table(file, stem.equals(above) ? DEFAULT : stem, above);
    }
    Matcher word = SPLIT.matcher(stem.toLowerCase(Locale.ROOT));
    String split = word.find() ? word.group(1) : stem;
    String rest = stem.replaceFirst("(?i)[-_. ]?" + Pattern.quote(split), "");
    boolean told = above.isEmpty() || above.equals("data");
    String config = !told ? above : rest.isEmpty() ? DEFAULT : rest;
    return new Table(file, config, split);
  }

  /**
   * The files of one configuration and split.
   *
   * @param config empty for the only one, or the default one
   * @param split wanted; the only one is taken whatever its name
   * @throws BadRowException saying which there are, if there is no such one
   */
  static List<Path> find(Path folder, String config, String split) {
    List<Table> all = of(folder);
    if (all.isEmpty()) {
      throw new BadRowException(
          folder.toString(), 0, "", "holds no .jsonl, .csv, .tsv or .parquet file");
    }
    String chosen = config(folder, all, config);
    List<Table> tables = all.stream().filter(t -> t.config.equals(chosen)).toList();
    Set<String> splits = new TreeSet<>();
    tables.forEach(table -> splits.add(table.split));
    if (splits.size() == 1 && !SPLIT.matcher(splits.iterator().next()).matches()) {
      return tables.stream().map(Table::file).toList();
    }
    List<Path> files = new ArrayList<>();
    tables.stream().filter(t -> same(t.split, split)).map(Table::file).forEach(files::add);
    if (files.isEmpty()) {
      throw new BadRowException(
          folder.toString(), 0, "", "has no split '%s'; it has %s".formatted(split, splits));
    }
    return files;
  }

  /** Names of the configurations. */
  static Set<String> configs(Path folder) {
    Set<String> configs = new TreeSet<>();
    of(folder).forEach(table -> configs.add(table.config));
    return configs;
  }

  private static String config(Path folder, List<Table> tables, String wanted) {
    Set<String> configs = new TreeSet<>();
    tables.forEach(table -> configs.add(table.config));
    if (wanted.isEmpty() && (configs.size() == 1 || configs.contains(DEFAULT))) {
      return configs.size() == 1 ? configs.iterator().next() : DEFAULT;
    }
    if (!configs.contains(wanted)) {
      throw new BadRowException(
          folder.toString(), 0, "", "has the subsets %s; say which one".formatted(configs));
    }
    return wanted;
  }

  /** Whether a word names a split. */
  static boolean isSplit(String word) {
    return SPLIT.matcher(word.toLowerCase(Locale.ROOT)).matches();
  }

  /** The hub takes dev, val, valid and validation for one split. */
  static boolean same(String split, String wanted) {
    return split.equals(wanted) || (VALIDATION.contains(split) && VALIDATION.contains(wanted));
  }
}
