package dev.embedlab.kernel.output;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** Gathers what a cell prints, so that 500 prints are a few messages and none comes late. */
final class StreamBuffer {
  private static final int FLUSH_BYTES = 128 * 1024;
  private static final int FLUSH_MILLIS = 25;
  private static final LinkedBlockingQueue<StreamBuffer> DIRTY = new LinkedBlockingQueue<>();

  static {
    Thread.ofPlatform().name("kernel-flush").daemon().start(StreamBuffer::flushLoop);
  }

  private final BiConsumer<String, String> sink;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private String stream = "stdout";
  private boolean queued;

  /**
   * @param sink takes a stream name and its text
   */
  StreamBuffer(BiConsumer<String, String> sink) {
    this.sink = sink;
  }

  synchronized void write(String name, byte[] data, int offset, int length) {
    if (!name.equals(stream)) {
      flush();
      stream = name;
    }
    bytes.write(data, offset, length);
    if (bytes.size() >= FLUSH_BYTES) {
      flush();
    } else if (!queued) {
      queued = true;
      DIRTY.offer(this);
    }
  }

  synchronized void flush() {
    if (bytes.size() == 0) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes.toByteArray());
    CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
    decoder.reset().decode(in, text, false);
    bytes.reset();
    // A character whose last bytes are not written yet waits for them.
    bytes.write(in.array(), in.position(), in.remaining());
    if (text.flip().hasRemaining()) {
      sink.accept(stream, text.toString());
    }
  }

  private static void flushLoop() {
    while (true) {
      try {
        StreamBuffer buffer = DIRTY.take();
        Thread.sleep(FLUSH_MILLIS);
        synchronized (buffer) {
          buffer.queued = false;
          buffer.flush();
        }
      } catch (InterruptedException | RuntimeException | OutOfMemoryError e) {
        // The text stays in its buffer and goes out with the next flush.
      }
    }
  }
}
