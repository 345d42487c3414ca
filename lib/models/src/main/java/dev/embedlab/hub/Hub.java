package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import dev.embedlab.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Fetches repositories of a Hugging Face hub into the local cache. Environment variables and cache
 * layout are those of Python's {@code huggingface_hub}, so what either has fetched the other finds.
 * Safe for several threads and processes.
 *
 * <pre>{@code
 * Path folder = Hub.standard().snapshot("sentence-transformers/all-MiniLM-L6-v2");
 * }</pre>
 */
public final class Hub {

  private static final String MAIN = "main";

  private final HubSettings settings;

  public Hub(HubSettings settings) {
    this.settings = settings;
  }

  /** With the settings of the environment, see {@link HubSettings#from}. */
  public static Hub standard() {
    return new Hub(HubSettings.standard());
  }

  /**
   * What {@link #snapshot(Repository, String, FilePatterns, Progress)} gives for a model's main.
   */
  public Path snapshot(String model) throws IOException {
    return snapshot(Repository.model(model), MAIN, FilePatterns.checkpoint(), Progress.none());
  }

  /** As {@link #snapshot(Repository, String, FilePatterns, Progress)}, silently, for a model. */
  public Path snapshot(String model, String revision, FilePatterns patterns) throws IOException {
    return snapshot(Repository.model(model), revision, patterns, Progress.none());
  }

  /**
   * The folder of one revision, with at least the files wanted. Only what the cache lacks is
   * fetched, several files at a time. A commit whose files are all there needs no network. Where
   * the hub cannot be reached, the commit that the revision last had is taken.
   *
   * @param revision branch, tag or full commit
   * @param patterns which files are wanted
   * @param progress is told the bytes
   * @return {@code .../snapshots/COMMIT}
   * @throws HubException in one sentence, if anything is missing in the end
   */
  public Path snapshot(
      Repository repository, String revision, FilePatterns patterns, Progress progress)
      throws IOException {
    Names.checkRevision(revision);
    RepositoryCache cache = new RepositoryCache(settings, repository);
    Target target = Target.of(repository, revision);
    if (settings.offline()) {
      return local(cache, target, patterns)
          .orElseThrow(() -> offline(target, "is not in the cache " + settings.cache()));
    }
    Optional<Path> pinned =
        Names.isCommit(revision) ? complete(cache, target, patterns) : Optional.empty();
    return pinned.isPresent() ? pinned.get() : fetch(cache, target, patterns, progress);
  }

  /**
   * One file of a revision.
   *
   * @param path within the repository, with {@code /} between folders
   */
  public Path file(Repository repository, String revision, String path) throws IOException {
    Names.checkFile(path);
    return snapshot(repository, revision, FilePatterns.exactly(path), Progress.none())
        .resolve(path);
  }

  private Path fetch(RepositoryCache cache, Target target, FilePatterns patterns, Progress progress)
      throws IOException {
    try (HubHttp http = new HubHttp(settings)) {
      String commit = target.revision();
      if (!Names.isCommit(commit)) {
        HubApi api = new HubApi(settings, http);
        try {
          commit = api.commitNow(target);
        } catch (HubException e) {
          Optional<Path> local = e.isPassing() ? local(cache, target, patterns) : Optional.empty();
          if (local.isPresent()) {
            return local.get();
          }
          // Without any connection, waiting would only delay the message.
          if (!e.isPassing() || e.reason() == Reason.UNREACHABLE) {
            throw e;
          }
          commit = api.commit(target);
        }
      }
      return new SnapshotDownload(settings, http, cache, Target.of(target.repository(), commit))
          .run(target, patterns, progress);
    }
  }

  /** What the cache has of a revision; an error if it has only a part. */
  private Optional<Path> local(RepositoryCache cache, Target target, FilePatterns patterns)
      throws IOException {
    Optional<String> commit = cache.commit(target.revision());
    if (commit.isEmpty() || !Files.isDirectory(cache.snapshot(commit.get()))) {
      return Optional.empty();
    }
    Optional<Listing> listing = Listing.read(cache.listing(commit.get()));
    List<String> missing =
        listing
            .map(list -> cache.missing(commit.get(), list.matching(patterns)))
            .orElse(List.of())
            .stream()
            .map(RemoteFile::path)
            .toList();
    if (!missing.isEmpty()) {
      throw offline(
          target,
          "is only partly in the cache; %d files are missing, among them '%s'"
              .formatted(missing.size(), missing.getFirst()));
    }
    return Optional.of(cache.snapshot(commit.get()))
        .filter(folder -> listing.isPresent() || cache.hasMatch(folder, patterns));
  }

  private static Optional<Path> complete(
      RepositoryCache cache, Target target, FilePatterns patterns) {
    String commit = target.revision();
    return Listing.read(cache.listing(commit))
        .map(listing -> listing.matching(patterns))
        .filter(files -> !files.isEmpty() && cache.missing(commit, files).isEmpty())
        .map(_ -> cache.snapshot(commit));
  }

  private HubException offline(Target target, String problem) {
    return new HubException(
        Reason.OFFLINE,
        "The %s at revision '%s' %s, and %s; connect once, or copy the files there."
            .formatted(
                target.repository(),
                target.revision(),
                problem,
                settings.offline() ? "HF_HUB_OFFLINE is set" : "the hub cannot be reached"));
  }
}
