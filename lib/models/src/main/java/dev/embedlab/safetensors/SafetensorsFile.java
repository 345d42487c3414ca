package dev.embedlab.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

/**
 * One memory-mapped safetensors file. The header is checked whole on opening: lengths, offsets,
 * types and shapes must agree with each other and with the size of the file.
 *
 * <p>Format: <a href="https://github.com/huggingface/safetensors">huggingface/safetensors</a>.
 */
public final class SafetensorsFile implements AutoCloseable {

  /** Longest header that the reference implementation accepts, in bytes. */
  static final long MAX_HEADER = 100_000_000;

  private static final int PREFIX = 8;

  /** How files begin that Git LFS has not fetched yet: "version https://git-lfs...". */
  private static final byte[] LFS_POINTER = "version ".getBytes(StandardCharsets.US_ASCII);

  private final Path path;
  private final Arena arena;
  private final MemorySegment data;
  private final HeaderParser.Header header;

  private SafetensorsFile(Path path, Arena arena, MemorySegment data, HeaderParser.Header header) {
    this.path = path;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /**
   * Maps a file.
   *
   * @throws SafetensorsException if it is not well-formed
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new SafetensorsException(path, "there is no such file.");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      int headerLength = headerLength(path, channel, size);
      byte[] json = read(path, channel, PREFIX, headerLength);
      long dataStart = PREFIX + (long) headerLength;
      HeaderParser.Header header = new HeaderParser(path, size - dataStart).parse(json);
      Arena arena = Arena.ofShared();
      try {
        MemorySegment file = channel.map(MapMode.READ_ONLY, 0, size, arena);
        return new SafetensorsFile(path, arena, file.asSlice(dataStart), header);
      } catch (IOException | RuntimeException e) {
        arena.close();
        throw e;
      }
    }
  }

  private static int headerLength(Path path, FileChannel channel, long size) throws IOException {
    if (size < PREFIX) {
      throw new SafetensorsException(path, "it is too short (%d bytes).".formatted(size));
    }
    byte[] prefix = read(path, channel, 0, PREFIX);
    if (Arrays.equals(prefix, LFS_POINTER)) {
      throw new SafetensorsException(
          path, "it is a pointer of Git LFS, not the file; run 'git lfs pull' in its repository.");
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, size - PREFIX)) {
      throw new SafetensorsException(
          path,
          "its header claims %s bytes, but the file has %d; it is not safetensors or was cut short."
              .formatted(Long.toUnsignedString(length), size));
    }
    return (int) length;
  }

  private static byte[] read(Path path, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new SafetensorsException(path, "it ended while being read.");
      }
    }
    return buffer.array();
  }

  /** Name to description, in the order of the header. */
  public Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(header.tensors());
  }

  /** The free text entries that writers add, for example {@code format} to {@code pt}. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * The bytes of a tensor, as in the file (little endian), without copying.
   *
   * @throws SafetensorsException if there is no such tensor
   */
  public MemorySegment bytes(String name) {
    TensorInfo info = info(name);
    return data.asSlice(info.begin(), info.end() - info.begin());
  }

  /**
   * Copies a tensor as 32-bit floats; F16 and BF16 are widened, F64 is narrowed.
   *
   * @param target at least four bytes for each element
   * @throws SafetensorsException if there is no such tensor or it holds no floats
   */
  public void readFloats(String name, MemorySegment target) {
    TensorInfo info = info(name);
    MemorySegment source = bytes(name);
    switch (info.dtype()) {
      case F32 -> MemorySegment.copy(source, 0, target, 0, source.byteSize());
      case F16 -> widen(source, target, info.size(), Float::float16ToFloat);
      case BF16 -> widen(source, target, info.size(), SafetensorsFile::bfloat16ToFloat);
      case F64 -> narrow(source, target, info.size());
      default ->
          throw new SafetensorsException(
              path, "tensor '%s' has dtype %s, not floats.".formatted(name, info.dtype()));
    }
  }

  /** As {@link #readFloats(String, MemorySegment)}, on the heap; for tensors below 2 GiB. */
  public float[] floats(String name) {
    TensorInfo info = info(name);
    if (info.size() > Integer.MAX_VALUE - 8) {
      throw new SafetensorsException(
          path, "tensor '%s' is too large for an array.".formatted(name));
    }
    float[] values = new float[(int) info.size()];
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment target = scratch.allocate(4L * values.length + 4, 4);
      readFloats(name, target);
      MemorySegment.copy(target, LITTLE_FLOAT, 0, values, 0, values.length);
    }
    return values;
  }

  private static final ValueLayout.OfShort LITTLE_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble LITTLE_DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat LITTLE_FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private interface Widening {
    float apply(short bits);
  }

  private static void widen(MemorySegment from, MemorySegment to, long size, Widening widening) {
    for (long i = 0; i < size; i++) {
      to.set(LITTLE_FLOAT, 4 * i, widening.apply(from.get(LITTLE_SHORT, 2 * i)));
    }
  }

  private static void narrow(MemorySegment from, MemorySegment to, long size) {
    for (long i = 0; i < size; i++) {
      to.set(LITTLE_FLOAT, 4 * i, (float) from.get(LITTLE_DOUBLE, 8 * i));
    }
  }

  /** A bfloat16 is the upper half of a float. */
  static float bfloat16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  private TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new SafetensorsException(path, "it has no tensor '%s'.".formatted(name));
    }
    return info;
  }

  public Path path() {
    return path;
  }

  /** Unmaps the file; segments from {@link #bytes} must not be used afterwards. */
  @Override
  public void close() {
    arena.close();
  }
}
