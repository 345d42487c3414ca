package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import dev.embedlab.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Brings one file into {@code blobs}. What has arrived is kept when the connection breaks, so that
 * the next attempt, in this process or a later one, asks only for the rest; nothing takes its place
 * in the cache before its checksum is right.
 */
final class Download {

  private static final int CHUNK = 1 << 16;

  /** What is fetched from where. */
  record Source(URI address, RemoteFile file, Target target) {}

  private final HubSettings settings;
  private final HubHttp http;
  private final URI address;
  private final RemoteFile file;
  private final Target target;
  private final Path blob;
  private final Path partial;
  private final Progress.Task progress;
  private MessageDigest digest;
  private long reported;

  Download(HubSettings settings, HubHttp http, Source source, Path blob, Progress.Task progress) {
    this.settings = settings;
    this.http = http;
    this.address = source.address();
    this.file = source.file();
    this.target = source.target().file(file.path());
    this.blob = blob;
    this.partial = blob.resolveSibling(blob.getFileName() + ".resume.incomplete");
    this.progress = progress;
    this.digest = file.newDigest();
  }

  void run() throws IOException {
    checkSpace();
    new Retries(settings.pause())
        .run(
            () -> {
              attempt();
              return null;
            });
    Files.move(partial, blob, StandardCopyOption.ATOMIC_MOVE);
  }

  private void checkSpace() throws IOException {
    Files.createDirectories(blob.getParent());
    long space = Files.getFileStore(blob.getParent()).getUsableSpace();
    long needed = file.size() - (Files.exists(partial) ? Files.size(partial) : 0);
    if (space > 0 && space < needed) {
      throw new HubException(
          Reason.CACHE,
          "The %s needs %d MB, but %s has only %d MB left; free some or set HF_HOME elsewhere."
              .formatted(target, needed >> 20, blob.getParent(), space >> 20));
    }
  }

  private void attempt() throws IOException {
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      digest = file.newDigest();
      if (out.size() > file.size()) {
        out.truncate(0);
      }
      digestPartial(out);
      report(out.position());
      if (out.position() < file.size()) {
        transfer(out);
      }
    }
    if (!file.matches(digest)) {
      Files.delete(partial);
      throw new HubException(
          Reason.DAMAGED,
          "The %s arrived damaged (its checksum is not %s); it was discarded."
              .formatted(target, file.blob()));
    }
  }

  /** Leaves the position at the end of what is already there. */
  private void digestPartial(FileChannel partial) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    while (partial.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
  }

  private void transfer(FileChannel out) throws IOException {
    try (HubHttp.Answer answer = http.get(address, target, out.position());
        StallGuard guard = new StallGuard(answer.body(), settings.timeout())) {
      checkEtag(answer.linkedEtag());
      boolean isWhole = answer.response().statusCode() == 200;
      if (isWhole || !continues(answer, out.position())) {
        out.truncate(0);
        digest = file.newDigest();
      }
      if (!isWhole && out.position() == 0) {
        throw damaged("answers with another range than was asked for");
      }
      guard.drain((bytes, length) -> append(out, bytes, length), target);
      if (out.position() < file.size()) {
        throw new HubException(
            Reason.UNREACHABLE,
            "The connection broke off in the middle of the %s; run again to go on from there."
                .formatted(target));
      }
    }
  }

  private void append(FileChannel out, byte[] bytes, int length) throws IOException {
    if (out.position() + length > file.size()) {
      out.truncate(0);
      throw damaged("sends more than the %d bytes it promised".formatted(file.size()));
    }
    digest.update(bytes, 0, length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    report(out.position());
  }

  private static boolean continues(HubHttp.Answer answer, long position) {
    return answer
        .response()
        .headers()
        .firstValue("Content-Range")
        .map(range -> range.startsWith("bytes %d-".formatted(position)))
        .orElse(false);
  }

  private void checkEtag(Optional<String> etag) throws HubException {
    if (etag.filter(tag -> tag.matches("[0-9a-f]{64}") && !tag.equals(file.blob())).isPresent()) {
      throw damaged("announces another checksum than its list of files");
    }
  }

  private HubException damaged(String problem) {
    return new HubException(Reason.DAMAGED, "The server %s for the %s.".formatted(problem, target));
  }

  /** A restart from zero does not count bytes twice. */
  private void report(long position) {
    if (position > reported) {
      progress.advance(position - reported);
      reported = position;
    }
  }
}
