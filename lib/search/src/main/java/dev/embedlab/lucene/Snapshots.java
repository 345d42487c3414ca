package dev.embedlab.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ReferenceManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * The state of an index that searches see. A change puts a new state in its place; the old one
 * stays open until the last search that began on it is done, so changes and searches may overlap.
 *
 * @param <S> the reader and what was read from it
 */
final class Snapshots<S extends Snapshots.Snapshot> extends ReferenceManager<S> {

  /** An index at one time. */
  interface Snapshot {
    DirectoryReader reader();
  }

  /** Something done with a snapshot or a reader. */
  @FunctionalInterface
  interface Action<T, R> {
    R on(T value) throws IOException;
  }

  private final Directory directory;
  private final Action<DirectoryReader, S> reading;

  private Snapshots(Directory directory, Action<DirectoryReader, S> reading, DirectoryReader reader)
      throws IOException {
    this.directory = directory;
    this.reading = reading;
    this.current = read(reader);
  }

  /** The index that a writer has just committed to the directory, which is closed with this. */
  static <S extends Snapshot> Snapshots<S> of(
      Directory directory, Action<DirectoryReader, S> reading) throws IOException {
    return new Snapshots<>(directory, reading, DirectoryReader.open(directory));
  }

  /**
   * An index on disk, all of whose checksums are compared.
   *
   * @throws IOException in a clause that goes into brackets, if it is damaged or not ours
   */
  static <S extends Snapshot> Snapshots<S> open(Path folder, Action<DirectoryReader, S> reading)
      throws IOException {
    Directory directory = FSDirectory.open(folder);
    try {
      DirectoryReader reader = DirectoryReader.open(directory);
      try {
        for (LeafReaderContext leaf : reader.leaves()) {
          ((CodecReader) leaf.reader()).checkIntegrity();
        }
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
      return new Snapshots<>(directory, reading, reader);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** A folder for a new index. */
  static Directory newFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Directory directory = FSDirectory.open(folder);
    if (DirectoryReader.indexExists(directory)) {
      directory.close();
      throw new IllegalArgumentException(
          "%s already holds an index: open it, or choose another folder.".formatted(folder));
    }
    return directory;
  }

  private S read(DirectoryReader reader) throws IOException {
    try {
      return reading.on(reader);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Does something with the state as it is now; it stays open meanwhile. */
  <R> R use(Action<S, R> action) {
    try {
      S snapshot = acquire();
      try {
        return action.on(snapshot);
      } finally {
        release(snapshot);
      }
    } catch (AlreadyClosedException e) {
      throw new IllegalStateException("The index is closed: open it again.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Directory directory() {
    return directory;
  }

  /** Bytes of the files. */
  long bytes() {
    try {
      long sum = 0;
      for (String file : directory.listAll()) {
        sum += directory.fileLength(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected S refreshIfNeeded(S old) throws IOException {
    DirectoryReader newer = DirectoryReader.openIfChanged(old.reader());
    return newer == null ? null : read(newer);
  }

  @Override
  protected boolean tryIncRef(S snapshot) {
    return snapshot.reader().tryIncRef();
  }

  @Override
  protected void decRef(S snapshot) throws IOException {
    snapshot.reader().decRef();
  }

  @Override
  protected int getRefCount(S snapshot) {
    return snapshot.reader().getRefCount();
  }

  @Override
  protected void afterClose() throws IOException {
    directory.close();
  }
}
