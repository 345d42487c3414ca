package dev.embedlab.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Lets glibc keep the memory that libtorch frees. By default it gives a large block back to the
 * system at once, and the next operation pays for every page of it again, which can take longer
 * than the operation. Other systems do as they always do.
 */
final class NativeHeap {

  /** Parameters of <a href="https://man7.org/linux/man-pages/man3/mallopt.3.html">mallopt</a>. */
  private static final int TRIM_THRESHOLD = -1;

  private static final int TOP_PAD = -2;

  private static final int MMAP_THRESHOLD = -3;

  /** The most that glibc takes. */
  private static final int LARGEST_BLOCK = 32 << 20;

  private static final int KEPT = 64 << 20;

  private static final boolean TUNED = tune();

  private NativeHeap() {}

  /** Does so for this process, once; says whether there was something to do. */
  static boolean keepFreedMemory() {
    return TUNED;
  }

  @SuppressWarnings("restricted")
  private static boolean tune() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup system = linker.defaultLookup();
    Optional<MemorySegment> mallopt = system.find("mallopt");
    if (mallopt.isEmpty() || system.find("gnu_get_libc_version").isEmpty()) {
      return false;
    }
    FunctionDescriptor signature =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    MethodHandle call = linker.downcallHandle(mallopt.get(), signature);
    try {
      // The padding also holds on to the 64 MiB heaps of threads, which would go once empty.
      return (int) call.invokeExact(MMAP_THRESHOLD, LARGEST_BLOCK) == 1
          && (int) call.invokeExact(TRIM_THRESHOLD, KEPT) == 1
          && (int) call.invokeExact(TOP_PAD, KEPT) == 1;
    } catch (Throwable e) {
      throw new IllegalStateException("mallopt cannot be called.", e);
    }
  }
}
