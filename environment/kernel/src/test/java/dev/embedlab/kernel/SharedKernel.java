package dev.embedlab.kernel;

import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of a class that share one kernel with default options. */
abstract class SharedKernel {
  static KernelClient kernel;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelClient.start(KernelProcess.builder());
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }
}
