package dev.embedlab.hub;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A repository of a hub.
 *
 * @param kind what it holds
 * @param id {@code org/name}, or {@code name} for the few that have no owner
 */
public record Repository(Kind kind, String id) {

  /** What a repository holds. */
  public enum Kind {
    MODEL("models", ""),
    DATASET("datasets", "datasets/");

    private final String plural;
    private final String prefix;

    Kind(String plural, String prefix) {
      this.plural = plural;
      this.prefix = prefix;
    }
  }

  private static final int LONGEST = 96;
  private static final String WORD = "\\w(?:[\\w.-]*\\w)?";
  private static final Pattern ID = Pattern.compile(WORD + "(?:/" + WORD + ")?");

  /**
   * @throws IllegalArgumentException if the hub would not allow such a name, path traversal
   *     included
   */
  public Repository {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    if (id.length() > LONGEST
        || !ID.matcher(id).matches()
        || id.contains("--")
        || id.contains("..")
        || id.endsWith(".git")) {
      throw new IllegalArgumentException(
          ("'%s' is no repository name: it must be 'org/name' of letters, digits, '.', '_' and '-',"
                  + " without '--' and '..', at most %d characters.")
              .formatted(id, LONGEST));
    }
  }

  public static Repository model(String id) {
    return new Repository(Kind.MODEL, id);
  }

  public static Repository dataset(String id) {
    return new Repository(Kind.DATASET, id);
  }

  /** As messages show it, for example {@code model 'org/name'}. */
  @Override
  public String toString() {
    return "%s '%s'".formatted(kind == Kind.MODEL ? "model" : "data set", id);
  }

  /** Its folder in the cache, for example {@code models--org--name}. */
  String folderName() {
    return kind.plural + "--" + id.replace("/", "--");
  }

  /** Below the endpoint, for example {@code api/models/org/name}. */
  String apiPath() {
    return "api/" + kind.plural + "/" + id;
  }

  /** Where a person looks at it, below the endpoint. */
  String pagePath() {
    return kind.prefix + id;
  }
}
