package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import dev.embedlab.progress.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Brings the files of one commit into the cache. */
final class SnapshotDownload {

  private static final int PARALLEL = 4;

  private final HubSettings settings;
  private final HubHttp http;
  private final HubApi api;
  private final RepositoryCache cache;
  private final Target pinned;

  /**
   * @param pinned a repository at a commit
   */
  SnapshotDownload(HubSettings settings, HubHttp http, RepositoryCache cache, Target pinned) {
    this.settings = settings;
    this.http = http;
    this.api = new HubApi(settings, http);
    this.cache = cache;
    this.pinned = pinned;
  }

  /**
   * @param asked what the user asked for; its branch or tag is remembered
   */
  Path run(Target asked, FilePatterns patterns, Progress progress) throws IOException {
    List<RemoteFile> wanted = listing().matching(patterns);
    if (wanted.isEmpty()) {
      throw new HubException(
          Reason.NOT_FOUND,
          "The %s at revision '%s' has no file that matches %s."
              .formatted(asked, asked.revision(), patterns.allow()));
    }
    cache.remember(asked.revision(), pinned.revision());
    List<RemoteFile> missing = cache.missing(pinned.revision(), wanted);
    if (!missing.isEmpty()) {
      fetch(missing, progress);
    }
    return cache.snapshot(pinned.revision());
  }

  private Listing listing() throws IOException {
    Path path = cache.listing(pinned.revision());
    var known = Listing.read(path);
    if (known.isPresent()) {
      return known.get();
    }
    Listing listing = new Listing(api.files(pinned));
    cache.replace(path, listing.toJson());
    return listing;
  }

  private void fetch(List<RemoteFile> files, Progress progress) throws IOException {
    long bytes = files.stream().mapToLong(RemoteFile::size).sum();
    List<Future<?>> running = new ArrayList<>();
    try (Progress.Task task = progress.start("fetch " + pinned.repository().id(), bytes);
        ExecutorService pool =
            Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      for (RemoteFile file : files) {
        running.add(
            pool.submit(
                () -> {
                  fetch(file, task);
                  return null;
                }));
      }
      try {
        for (Future<?> future : running) {
          future.get();
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw rethrown(e.getCause());
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw (IOException)
            new InterruptedIOException("The download was interrupted.").initCause(e);
      }
    }
  }

  private static IOException rethrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case UncheckedIOException e -> e.getCause();
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }

  private void fetch(RemoteFile file, Progress.Task task) throws IOException {
    Path blob = cache.blob(file);
    Path pointer = cache.pointer(pinned.revision(), file);
    try (ProcessLock _ = ProcessLock.acquire(cache.lock(file))) {
      if (RepositoryCache.exists(pointer)) {
        task.advance(file.size());
        return;
      }
      boolean isNew = !RepositoryCache.exists(blob);
      if (isNew) {
        var address = api.content(pinned.repository(), pinned.revision(), file.path());
        new Download(settings, http, new Download.Source(address, file, pinned), blob, task).run();
      } else {
        task.advance(file.size());
      }
      cache.link(blob, pointer, isNew);
    }
  }
}
