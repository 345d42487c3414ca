package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import dev.embedlab.kernel.protocol.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a cell from ending must not keep the user from the next cell. */
class InterruptIT {
  private static KernelClient kernel;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelClient.start(KernelProcess.builder());
    kernel.execute("int kept = 7;");
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "long n = 0; while (true) { n++; }",
        "Thread.sleep(600_000);",
        "Stream.iterate(1, i -> i + 1).forEach(i -> {});",
        "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nfib(80)",
        "while (true) { try { Thread.sleep(10_000); } catch (InterruptedException e) {} }",
        "new Object() { synchronized void hold() throws Exception { wait(); } }.hold();",
        "new ServerSocket(0).accept();",
        "new java.util.concurrent.LinkedBlockingQueue<String>().take();",
        "while (true) { System.out.print(\"x\"); Thread.onSpinWait(); if (System.nanoTime() == 0) break; }"
      })
  void endsWhatTheUserInterrupts(String code) throws Exception {
    Message request = kernel.sendExecute("System.out.println(\"go\");\n" + code);
    kernel.awaitPublished(request, "stream", KernelClient.SOON);
    Thread.sleep(300);
    kernel.interrupt();
    CellResult result = kernel.await(request, KernelClient.SOON);
    assertThat(result.status()).isEqualTo("error");
    assertThat(result.errorName()).isEqualTo("java.lang.InterruptedException");
    assertThat(result.error()).doesNotContain("cannot be stopped");
    assertThat(kernel.execute("kept").text()).isEqualTo("7");
    assertThat(busyCellThreads()).isZero();
  }

  @Test
  void leavesABlockedThreadBehindAndSaysSo() throws Exception {
    try (KernelClient fresh = KernelClient.start(KernelProcess.builder())) {
      fresh.execute("int kept = 7;");
      Message request =
          fresh.sendExecute(
              """
            import java.lang.foreign.*;
            var linker = Linker.nativeLinker();
            var lock = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("pthread_mutex_lock"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            var mutex = Arena.global().allocate(64, 8);
            int first = (int) lock.invokeExact(mutex);
            System.out.println(1);
            int second = (int) lock.invokeExact(mutex);
            """);
      fresh.awaitPublished(request, "stream", KernelClient.SOON);
      Thread.sleep(300);
      fresh.interrupt();
      CellResult result = fresh.await(request, KernelClient.SOON);
      assertThat(result.error()).contains("cannot be stopped", "restart the kernel");
      assertThat(fresh.execute("kept").text()).isEqualTo("7");
    }
  }

  @Test
  void wakesASleepingNativeCall() throws Exception {
    Message request =
        kernel.sendExecute(
            """
            import java.lang.foreign.*;
            var linker = Linker.nativeLinker();
            var sleep = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("sleep"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            System.out.println(1);
            int left = (int) sleep.invokeExact(600);
            """);
    kernel.awaitPublished(request, "stream", KernelClient.SOON);
    Thread.sleep(300);
    kernel.interrupt();
    assertThat(kernel.await(request, KernelClient.SOON).error())
        .contains("Interrupted")
        .doesNotContain("cannot be stopped");
  }

  @Test
  void systemExitEndsTheCellOnly() throws Exception {
    CellResult result = kernel.execute("System.exit(0);");
    assertThat(result.errorName()).isEqualTo("dev.embedlab.kernel.runtime.Exit");
    assertThat(result.error()).contains("System.exit(0)", "line 1");
    assertThat(kernel.execute("Runtime.getRuntime().halt(3)").status()).isEqualTo("error");
    assertThat(kernel.execute("kept").text()).isEqualTo("7");
  }

  @Test
  void anInterruptDuringTheFirstCellIsNotLost() throws Exception {
    try (KernelClient fresh = KernelClient.start(KernelProcess.builder())) {
      Message request = fresh.sendExecute("while (true) {}");
      fresh.interrupt();
      assertThat(fresh.await(request, KernelClient.SOON).status()).isEqualTo("error");
      assertThat(fresh.execute("1 + 1").text()).isEqualTo("2");
    }
  }

  @Test
  void shutdownEndsAnEndlessLoop() throws Exception {
    try (KernelClient fresh = KernelClient.start(KernelProcess.builder())) {
      Message request = fresh.sendExecute("System.out.println(1); while (true) {}");
      fresh.awaitPublished(request, "stream", KernelClient.SOON);
      assertThat(fresh.shutdown(Duration.ofSeconds(20))).isTrue();
    }
  }

  /** Cell threads that still run user code, seen from inside. */
  private static int busyCellThreads() throws Exception {
    String count =
        kernel
            .execute(
                """
                Thread.getAllStackTraces().entrySet().stream()
                    .filter(e -> e.getKey() != Thread.currentThread())
                    .filter(e -> e.getKey().getState() == Thread.State.RUNNABLE)
                    .filter(e -> Arrays.stream(e.getValue()).anyMatch(f -> f.getClassName().startsWith("REPL.")))
                    .count()
                """)
            .text();
    return Integer.parseInt(count);
  }
}
