package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A lock between processes, and between the threads of this one. It saves a second download of the
 * same file; that the cache stays whole does not rest on it, because files are moved in place
 * whole.
 */
final class ProcessLock implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until no other holds the lock file. */
  static ProcessLock acquire(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (!isLocked(channel)) {
        Thread.sleep(PAUSE);
      }
      return new ProcessLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("Waiting for %s was interrupted.".formatted(file))
              .initCause(e);
    } catch (IOException e) {
      channel.close();
      throw new HubException(
          Reason.CACHE, "The cache cannot be locked: %s (%s).".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
