package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Subshells (JEP 91), the welcome on iopub (JEP 65), and the end of the process with its server.
 */
class ShellsIT {

  @Test
  void aSubshellRunsWhileTheMainShellIsBusy() throws Exception {
    try (KernelClient kernel = KernelClient.start(KernelProcess.builder())) {
      assertThat(
              kernel
                  .request("kernel_info_request", Json.object())
                  .reply()
                  .content()
                  .path("supported_features")
                  .toString())
          .contains("kernel subshells");
      kernel.execute("int shared = 6;");
      String id = ask(kernel, "create_subshell_request", "").path("subshell_id").asText();
      assertThat(ask(kernel, "list_subshell_request", "").path("subshell_id").toString())
          .contains(id);

      Message busy = kernel.sendExecute("System.out.println(1); Thread.sleep(600_000);");
      kernel.awaitPublished(busy, "stream", KernelClient.SOON);
      Message quick = kernel.sendExecute("shared * 7", id);
      assertThat(kernel.await(quick, KernelClient.SOON).text()).isEqualTo("42");
      kernel.interrupt();
      assertThat(kernel.await(busy, KernelClient.SOON).status()).isEqualTo("error");

      Message endless = kernel.sendExecute("System.out.println(2); while (true) {}", id);
      kernel.awaitPublished(endless, "stream", KernelClient.SOON);
      assertThat(kernel.execute("shared").text()).isEqualTo("6");
      kernel.interrupt();
      assertThat(kernel.await(endless, KernelClient.SOON).status()).isEqualTo("error");

      assertThat(ask(kernel, "delete_subshell_request", id).path("status").asText())
          .isEqualTo("ok");
      assertThat(ask(kernel, "delete_subshell_request", id).path("status").asText())
          .isEqualTo("error");
      Message late = kernel.sendExecute("1", id);
      assertThat(kernel.awaitShellReply(late, KernelClient.SOON).content().path("status").asText())
          .isEqualTo("error");
    }
  }

  @Test
  void everyFrontEndIsWelcomed() throws Exception {
    // Starting and connecting wait for iopub_welcome, so a kernel without it fails here.
    try (KernelClient kernel = KernelClient.start(KernelProcess.builder());
        KernelClient second = KernelClient.connect(kernel.kernel())) {
      assertThat(second.execute("1 + 1").text()).isEqualTo("2");
    }
  }

  @Test
  void endsWithTheServerThatStartedIt() throws Exception {
    Process server = new ProcessBuilder("sleep", "600").start();
    KernelProcess.Builder builder =
        KernelProcess.builder().environment("JPY_PARENT_PID", String.valueOf(server.pid()));
    try (KernelClient kernel = KernelClient.start(builder)) {
      Message request = kernel.sendExecute("System.out.println(1); while (true) {}");
      kernel.awaitPublished(request, "stream", KernelClient.SOON);
      server.destroyForcibly().waitFor();
      assertThat(kernel.kernel().ends(Duration.ofSeconds(30))).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  private static com.fasterxml.jackson.databind.JsonNode ask(
      KernelClient kernel, String type, String id) throws Exception {
    return kernel.controlRequest(type, Json.object().put("subshell_id", id)).content();
  }
}
