package dev.embedlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process as Linux tells it; 0 on other systems. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** Bytes now. */
  static long now() throws IOException {
    return bytes("VmRSS:");
  }

  /** The most bytes so far, or since {@link #forgetPeak}. */
  static long peak() throws IOException {
    return bytes("VmHWM:");
  }

  /** Lets the peak begin again at what is resident now. */
  static void forgetPeak() throws IOException {
    if (Files.isWritable(RESET)) {
      Files.writeString(RESET, "5");
    }
  }

  private static long bytes(String field) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
