package dev.embedlab.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Lines of a UTF-8 file, plain or gzip, with their numbers. Ends of line are LF or CRLF; a byte
 * order mark is dropped. Holds one line at a time.
 */
final class Lines implements AutoCloseable {

  private static final int LONGEST = 256 << 20;

  private final String file;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long line;

  private Lines(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static Lines open(Path path) {
    return new Lines(String.valueOf(path.getFileName()), stream(path));
  }

  /** The bytes of a file, unzipped if its name ends in {@code .gz}. */
  static InputStream stream(Path path) {
    String name = String.valueOf(path.getFileName());
    try {
      if (Files.isDirectory(path)) {
        throw new BadRowException(name, 0, "", "is a folder; give a file");
      }
      if (!Files.exists(path)) {
        throw new BadRowException(path.toString(), 0, "", "there is no such file");
      }
      InputStream in = Files.newInputStream(path);
      boolean zipped = name.endsWith(".gz");
      return zipped ? unzip(name, in) : in;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + path + ": " + e.getMessage(), e);
    }
  }

  private static InputStream unzip(String name, InputStream in) throws IOException {
    try {
      return new GZIPInputStream(new BufferedInputStream(in), 1 << 16);
    } catch (IOException e) {
      in.close();
      throw new BadRowException(name, 0, "", "is not a gzip file: " + e.getMessage());
    }
  }

  String file() {
    return file;
  }

  /** Number of the line that {@link #next()} returned last, counted from 1. */
  long number() {
    return line;
  }

  boolean hasNext() {
    return position < limit || fill();
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(in.read(buffer), 0);
      return limit > 0;
    } catch (IOException e) {
      throw new BadRowException(
          file, 0, "", "cannot be read after line " + line + ": " + e.getMessage());
    }
  }

  /**
   * The next line without its end.
   *
   * @throws BadRowException if it is not valid UTF-8
   */
  String next() {
    line++;
    int end = find();
    ByteBuffer bytes;
    if (end < limit) {
      bytes = ByteBuffer.wrap(buffer, position, end - position);
      position = end + 1;
    } else {
      bytes = collect();
    }
    String text = decode(bytes);
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    return line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private int find() {
    int i = position;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private ByteBuffer collect() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (hasNext()) {
      int end = find();
      bytes.write(buffer, position, end - position);
      position = end + 1;
      if (end < limit) {
        break;
      }
      if (bytes.size() > LONGEST) {
        throw new BadRowException(file, 0, "", "line " + line + " is longer than 256 MiB");
      }
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private String decode(ByteBuffer bytes) {
    int start = bytes.position();
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes)
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadRowException(
          file,
          line,
          "",
          "is not valid UTF-8 at byte %d of the line; save the file as UTF-8"
              .formatted(bytes.position() - start + 1));
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file + ": " + e.getMessage(), e);
    }
  }
}
