package dev.embedlab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors in NumPy's {@code .npy} format: a matrix of little-endian 16-, 32- or 64-bit floats in
 * row order.
 *
 * <p>Source: NumPy, {@code numpy.lib.format}, versions 1 to 3.
 */
public final class NpyFile {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\s*\\{\\s*'descr':\\s*'<f([248])',\\s*'fortran_order':\\s*False,\\s*"
              + "'shape':\\s*\\((\\d{1,10}),\\s*(\\d{1,9}),?\\),?\\s*\\}\\s*");

  private NpyFile() {}

  /**
   * Reads all rows.
   *
   * @return {@code [rows][columns]}
   * @throws BadRowException if the file is no such matrix or holds values that are not finite
   */
  public static float[][] read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer start = bytes(channel, file, 12);
      if (!isMagic(start)) {
        throw bad(file, "is not a .npy file; write it with numpy.save");
      }
      int version = start.get(6);
      long length = version == 1 ? start.getShort(8) & 0xffff : start.getInt(8) & 0xffffffffL;
      channel.position(version == 1 ? 10 : 12);
      if (version < 1 || version > 3 || length > 65536) {
        throw bad(file, "is a .npy file of an unknown version");
      }
      String header =
          StandardCharsets.ISO_8859_1.decode(bytes(channel, file, (int) length)).toString();
      return rows(channel, file, header);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isMagic(ByteBuffer start) {
    return start.get(0) == (byte) 0x93
        && StandardCharsets.ISO_8859_1.decode(start.slice(1, 5)).toString().equals("NUMPY");
  }

  private static float[][] rows(FileChannel channel, Path file, String header) throws IOException {
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw bad(
          file,
          "should be a matrix of little-endian float16, float32 or float64 in C order, but is "
              + header.substring(0, Math.min(header.length(), 120)).strip());
    }
    int width = Integer.parseInt(matcher.group(1));
    long rows = Long.parseLong(matcher.group(2));
    int columns = Integer.parseInt(matcher.group(3));
    long left = channel.size() - channel.position();
    if (rows > Integer.MAX_VALUE - 8 || left / width / Math.max(columns, 1) < rows) {
      throw bad(
          file,
          "should hold %d rows of %d numbers, but is shorter; copy it again"
              .formatted(rows, columns));
    }
    float[][] values = new float[(int) rows][];
    for (int r = 0; r < rows; r++) {
      values[r] = row(bytes(channel, file, columns * width), columns, width);
      for (float value : values[r]) {
        if (!Float.isFinite(value)) {
          throw bad(file, "row %d holds %s; all numbers must be finite".formatted(r, value));
        }
      }
    }
    return values;
  }

  private static float[] row(ByteBuffer bytes, int columns, int width) {
    float[] row = new float[columns];
    for (int c = 0; c < columns; c++) {
      row[c] =
          switch (width) {
            case 2 -> Float.float16ToFloat(bytes.getShort(2 * c));
            case 4 -> bytes.getFloat(4 * c);
            default -> (float) bytes.getDouble(8 * c);
          };
    }
    return row;
  }

  private static ByteBuffer bytes(FileChannel channel, Path file, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw bad(file, "ends too early; copy it again");
      }
    }
    return buffer.flip();
  }

  private static BadRowException bad(Path file, String problem) {
    return new BadRowException(String.valueOf(file.getFileName()), 0, "", problem);
  }
}
