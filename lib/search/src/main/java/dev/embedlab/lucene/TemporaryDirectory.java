package dev.embedlab.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Mapped files that are gone when the directory is closed or the JVM ends. Lucene compares vectors
 * in mapped memory where they lie, but copies each one out of a directory on the heap first; and it
 * begins to read a term's documents with a slice of its files, which costs most on the heap.
 */
final class TemporaryDirectory extends FilterDirectory {

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(TemporaryDirectory::delete)));
  }

  private final Path folder;

  private TemporaryDirectory(Path folder) throws IOException {
    super(new MMapDirectory(folder));
    this.folder = folder;
    OPEN.add(folder);
  }

  static TemporaryDirectory create() throws IOException {
    return new TemporaryDirectory(Files.createTempDirectory("embedlab-index"));
  }

  /** Does nothing: what is deleted on closing need not survive a power cut. */
  @Override
  public void sync(Collection<String> names) {}

  @Override
  public void syncMetaData() {}

  @Override
  public void close() throws IOException {
    super.close();
    delete(folder);
    OPEN.remove(folder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the temporary folder " + folder, e);
    }
  }
}
