package dev.embedlab.checkpoint;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What this process holds of the machine's memory, and what of it is the heap's. */
final class ProcessMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** The collector lets new objects fill about this share of the heap before it runs. */
  private static final double YOUNG = 0.6;

  private ProcessMemory() {}

  /** Resident bytes of the process, native memory included; empty where the system has no /proc. */
  static OptionalLong resident() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Bytes of the heap that all threads have allocated so far, garbage included. */
  static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? Math.max(0, threads.getTotalThreadAllocatedBytes())
        : 0;
  }

  /**
   * Resident bytes that the heap will add.
   *
   * @param allocations bytes that will be allocated, garbage included
   * @param live bytes of them that will be held at the same time
   */
  static long heapGrowth(long allocations, long live) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    long untilCollected = Math.max((long) (YOUNG * runtime.totalMemory()), used) + live;
    long reached = Math.min(used + allocations, Math.min(untilCollected, runtime.maxMemory()));
    return Math.max(0, reached - touched());
  }

  /** The most that was ever used of the heap's parts; pages once touched stay resident. */
  private static long touched() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
