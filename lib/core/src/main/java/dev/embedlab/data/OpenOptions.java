package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * Which part of a data set is opened, and how strictly; immutable.
 *
 * @param subset language or other configuration; empty for the only one
 * @param split whose corpus is read where every split has its own; empty where all share one
 * @param revision of a hub's data set: branch, tag or commit
 * @param badRows what happens to rows that cannot be used
 */
public record OpenOptions(String subset, String split, String revision, BadRows badRows) {

  public OpenOptions {
    requireNonNull(subset, "subset");
    requireNonNull(split, "split");
    requireNonNull(revision, "revision");
    requireNonNull(badRows, "badRows");
  }

  /** The only subset, the newest revision, every row of which must be good. */
  public static OpenOptions defaults() {
    return new OpenOptions("", "", "main", BadRows.fail());
  }

  public OpenOptions withSubset(String value) {
    return new OpenOptions(value, split, revision, badRows);
  }

  public OpenOptions withSplit(String value) {
    return new OpenOptions(subset, value, revision, badRows);
  }

  public OpenOptions withRevision(String value) {
    return new OpenOptions(subset, split, value, badRows);
  }

  public OpenOptions withBadRows(BadRows value) {
    return new OpenOptions(subset, split, revision, value);
  }
}
