package dev.embedlab.hub;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
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
    if (!isName(id)) {
      throw new IllegalArgumentException(
          ("'%s' is no repository name: it must be 'org/name' of letters, digits, '.', '_' and '-',"
                  + " without '--' and '..', at most %d characters.")
              .formatted(id, LONGEST));
    }
  }

  private static boolean isName(String id) {
    return id.length() <= LONGEST
        && ID.matcher(id).matches()
        && !id.contains("--")
        && !id.contains("..")
        && !id.endsWith(".git");
  }

  public static Repository model(String id) {
    return new Repository(Kind.MODEL, id);
  }

  public static Repository dataset(String id) {
    return new Repository(Kind.DATASET, id);
  }

  /**
   * The model of which a folder is a snapshot in the cache, such as {@code
   * models--org--name/snapshots/main}.
   */
  public static Optional<Repository> ofSnapshot(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    String start = Kind.MODEL.plural + "--";
    int names = path.getNameCount();
    if (names < 3 || !path.getName(names - 2).toString().equals("snapshots")) {
      return Optional.empty();
    }
    String name = path.getName(names - 3).toString();
    String id = name.startsWith(start) ? name.substring(start.length()).replace("--", "/") : "";
    return isName(id) ? Optional.of(model(id)) : Optional.empty();
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
