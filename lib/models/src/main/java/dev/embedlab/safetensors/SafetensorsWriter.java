package dev.embedlab.safetensors;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes one safetensors file, tensor by tensor, so that memory holds one of them at a time. The
 * file appears under its name only when it is complete.
 */
public final class SafetensorsWriter {

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(DType dtype, long[] shape, Supplier<ByteBuffer> bytes) {
    long length() {
      long length = dtype.bytes();
      for (long axis : shape) {
        length = Math.multiplyExact(length, axis);
      }
      return length;
    }
  }

  /**
   * Adds a tensor.
   *
   * @param bytes gives the little-endian content when the tensor is written
   * @throws IllegalArgumentException if the name was added before
   */
  public SafetensorsWriter add(String name, DType dtype, long[] shape, Supplier<ByteBuffer> bytes) {
    if (entries.putIfAbsent(name, new Entry(dtype, shape.clone(), bytes)) != null) {
      throw new IllegalArgumentException("Tensor '%s' was added before.".formatted(name));
    }
    return this;
  }

  /** Adds a tensor of 32-bit floats from the heap. */
  public SafetensorsWriter add(String name, float[] values, long... shape) {
    return add(name, DType.F32, shape, () -> littleEndian(values));
  }

  private static ByteBuffer littleEndian(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer;
  }

  /** Writes the file with the metadata {@code format: pt} that Python's readers ask for. */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
        writeFully(channel, header());
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
          writeTensor(channel, entry.getKey(), entry.getValue());
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeTensor(FileChannel channel, String name, Entry entry)
      throws IOException {
    ByteBuffer content = entry.bytes().get().rewind();
    if (content.remaining() != entry.length()) {
      throw new IllegalStateException(
          "Tensor '%s' should have %d bytes but has %d."
              .formatted(name, entry.length(), content.remaining()));
    }
    writeFully(channel, content);
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private ByteBuffer header() {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    root.putObject("__metadata__").put("format", "pt");
    long position = 0;
    for (Map.Entry<String, Entry> tensor : entries.entrySet()) {
      Entry entry = tensor.getValue();
      ObjectNode node = root.putObject(tensor.getKey());
      node.put("dtype", entry.dtype().name());
      for (long axis : entry.shape()) {
        node.withArray("shape").add(axis);
      }
      node.withArray("shape");
      node.putArray("data_offsets").add(position).add(position + entry.length());
      position += entry.length();
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer buffer = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }
}
