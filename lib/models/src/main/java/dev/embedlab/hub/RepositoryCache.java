package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of one repository in the cache that Python shares: {@code refs} holds the commit of
 * each branch, {@code blobs} the contents by checksum, {@code snapshots} one folder for each commit
 * whose files point to blobs, {@code trees} the list of files of each commit.
 */
final class RepositoryCache {

  private final Path cache;
  private final String name;
  private final boolean symlinks;

  RepositoryCache(HubSettings settings, Repository repository) {
    this.cache = settings.cache();
    this.name = repository.folderName();
    this.symlinks = settings.symlinks();
  }

  private Path folder() {
    return cache.resolve(name);
  }

  Path snapshot(String commit) {
    return folder().resolve("snapshots").resolve(commit);
  }

  Path pointer(String commit, RemoteFile file) {
    return snapshot(commit).resolve(file.path());
  }

  Path blob(RemoteFile file) {
    return folder().resolve("blobs").resolve(file.blob());
  }

  Path listing(String commit) {
    return folder().resolve("trees").resolve(commit + ".json");
  }

  Path lock(RemoteFile file) {
    return cache.resolve(".locks").resolve(name).resolve(file.blob() + ".lock");
  }

  /** The commit that a revision pointed to when it was last asked for. */
  Optional<String> commit(String revision) throws IOException {
    if (Names.isCommit(revision)) {
      return Optional.of(revision);
    }
    Path ref = folder().resolve("refs").resolve(revision);
    if (!Files.isRegularFile(ref)) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(ref).strip()).filter(Names::isCommit);
  }

  /** Remembers where a branch or tag points. */
  void remember(String revision, String commit) throws IOException {
    if (!revision.equals(commit) && !commit(revision).equals(Optional.of(commit))) {
      Path ref = folder().resolve("refs").resolve(revision);
      writable(
          ref,
          () -> {
            Path temporary = temporary(ref);
            Files.writeString(temporary, commit);
            Files.move(temporary, ref, StandardCopyOption.ATOMIC_MOVE);
          });
    }
  }

  /** Writes a file beside its place and moves it there. */
  void replace(Path file, byte[] content) throws IOException {
    writable(
        file,
        () -> {
          Path temporary = temporary(file);
          Files.write(temporary, content);
          Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /**
   * Makes a snapshot show a blob: by a relative link, else by the file itself.
   *
   * @param isNew whether no other snapshot can need the blob, so that it may be moved
   */
  void link(Path blob, Path pointer, boolean isNew) throws IOException {
    writable(
        pointer,
        () -> {
          Path temporary = temporary(pointer);
          if (!symlinks || !isLinked(temporary, pointer.getParent().relativize(blob))) {
            if (isNew) {
              Files.move(blob, temporary, StandardCopyOption.ATOMIC_MOVE);
            } else {
              Files.copy(blob, temporary);
            }
          }
          Files.move(temporary, pointer, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  private static boolean isLinked(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
      return true;
    } catch (UnsupportedOperationException | IOException _) {
      return false;
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void writable(Path file, Writing writing) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      writing.run();
    } catch (FileSystemException e) {
      throw new HubException(
          Reason.CACHE,
          "The cache cannot be written: %s; set HF_HOME or HF_HUB_CACHE to a folder that can."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Path temporary(Path file) {
    String suffix = UUID.randomUUID().toString().substring(0, 8);
    return file.resolveSibling(file.getFileName() + "." + suffix + ".tmp");
  }

  static boolean exists(Path file) {
    return Files.isRegularFile(file);
  }

  /** Those that the snapshot does not show yet. */
  List<RemoteFile> missing(String commit, List<RemoteFile> files) {
    return files.stream().filter(file -> !exists(pointer(commit, file))).toList();
  }

  /** Whether a snapshot without a listing, which older versions of Python leave, has such files. */
  boolean hasMatch(Path snapshot, FilePatterns patterns) {
    try (Stream<Path> files = Files.walk(snapshot)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
          .anyMatch(patterns::matches);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
