package dev.embedlab.kernel.shell;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a system call return early (EINTR) on a thread that waits in native code, as the JDK itself
 * does when a channel is closed: with a signal whose handler does nothing. Linux only; elsewhere
 * such a thread is left behind.
 */
@SuppressWarnings("restricted")
final class BlockedCall {
  /** What the JDK uses on Linux (SIGRTMAX - 2); its channels install the empty handler. */
  private static final int JDK_INTERRUPT_SIGNAL = 62;

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Optional<MethodHandle> TGKILL = tgkill();

  private BlockedCall() {}

  /** Wakes the thread when it is in a system call; does no harm when it is not. */
  static void wake(Thread thread) {
    if (TGKILL.isEmpty() || !Files.isDirectory(TASKS)) {
      return;
    }
    int process = (int) ProcessHandle.current().pid();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (Files.readString(task.resolve("comm")).strip().equals(thread.getName())) {
          int id = Integer.parseInt(task.getFileName().toString());
          int status = (int) TGKILL.get().invokeExact(process, id, JDK_INTERRUPT_SIGNAL);
          assert status >= -1;
        }
      }
    } catch (Throwable t) {
      // The thread ended meanwhile, or the system tells nothing of its threads.
    }
  }

  private static Optional<MethodHandle> tgkill() {
    if (!System.getProperty("os.name").equals("Linux") || !handlerInstalled()) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("tgkill")
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
  }

  /** Without a handler the signal would end the process: ask the system which are caught. */
  private static boolean handlerInstalled() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("SigCgt:")) {
          long caught = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          return (caught >>> (JDK_INTERRUPT_SIGNAL - 1) & 1) == 1;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // no such file: not a Linux that tells
    }
    return false;
  }
}
