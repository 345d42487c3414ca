package dev.embedlab.kernel.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Puts System.out, System.err and System.in under the kernel's control. */
public final class CellStreams {
  private CellStreams() {}

  /**
   * Replaces the standard streams of the process.
   *
   * @param line asks the user for a line, without the line end
   */
  public static void install(Supplier<String> line) {
    System.setOut(new PrintStream(new Routed("stdout"), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Routed("stderr"), false, StandardCharsets.UTF_8));
    System.setIn(new Asking(line));
  }

  private static final class Routed extends OutputStream {
    private final String name;

    Routed(String name) {
      this.name = name;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) {
      CellOutput output = CellOutput.current();
      if (output != null) {
        output.write(name, data, offset, length);
      }
    }
  }

  /** Reads one line of the user at a time, so that Scanner and BufferedReader work as usual. */
  private static final class Asking extends InputStream {
    private final Supplier<String> line;
    private byte[] pending = {};
    private int next;

    Asking(Supplier<String> line) {
      this.line = line;
    }

    @Override
    public synchronized int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (next == pending.length) {
        try {
          pending = (line.get() + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IllegalStateException e) {
          throw new IOException(e.getMessage(), e);
        }
        next = 0;
      }
      int count = Math.min(length, pending.length - next);
      System.arraycopy(pending, next, target, offset, count);
      next += count;
      return count;
    }

    @Override
    public synchronized int available() {
      return pending.length - next;
    }
  }
}
