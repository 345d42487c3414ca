package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comms between cells and a front end, opened by either. */
class CommIT extends SharedKernel {

  @Test
  void theFrontEndOpensSendsAndCloses() throws Exception {
    CellResult cell =
        kernel.execute(
            """
            var log = new ArrayList<Object>();
            registerComm("echo", (comm, opened) -> {
              log.add(opened.data().get("n"));
              comm.onMessage(m -> comm.send(Map.of("back", m.data()), m.buffers().getFirst()));
              comm.onClose(m -> log.add("closed " + comm.isOpen()));
            });
            """);
    assertThat(cell.status()).as(cell.error()).isEqualTo("ok");

    kernel.sendShell("comm_open", content("c1", "{\"n\": 5}").put("target_name", "echo"));
    byte[] attached = {0, -1, 7};
    Message sent = kernel.sendShell("comm_msg", content("c1", "{\"x\": [1]}"), List.of(attached));
    Message back = kernel.awaitPublished(sent, "comm_msg", KernelClient.SOON);
    assertThat(back.content().path("comm_id").asText()).isEqualTo("c1");
    assertThat(back.content().path("data").toString()).isEqualTo("{\"back\":{\"x\":[1]}}");
    assertThat(back.buffers()).hasSize(1).first().isEqualTo(attached);
    assertThat(open("echo").path("c1").path("target_name").asText()).isEqualTo("echo");
    assertThat(open("other")).isEmpty();

    kernel.sendShell("comm_close", content("c1", "{}"));
    assertThat(kernel.execute("log").text()).isEqualTo("[5, closed false]");
    assertThat(open("echo")).isEmpty();
  }

  @Test
  void aCellOpensSendsAndCloses() throws Exception {
    CellResult cell =
        kernel.execute(
            """
            var widget = openComm("widget", Map.of("a", 1), Map.of("version", "2.1.0"));
            var heard = new ArrayList<Object>();
            widget.onMessage(m -> heard.add(m.data().get("b")));
            widget.send(Map.of("later", true));
            """);
    assertThat(cell.status()).as(cell.error()).isEqualTo("ok");
    Message opened =
        cell.published().stream().filter(m -> m.type().equals("comm_open")).findFirst().get();
    assertThat(opened.content().path("target_name").asText()).isEqualTo("widget");
    assertThat(opened.content().path("data").path("a").asInt()).isEqualTo(1);
    assertThat(opened.metadata().path("version").asText()).isEqualTo("2.1.0");
    assertThat(cell.contents("comm_msg").getFirst().path("data").path("later").asBoolean())
        .isTrue();

    kernel.sendShell("comm_msg", content(opened.content().path("comm_id").asText(), "{\"b\": 2}"));
    assertThat(kernel.execute("heard").text()).isEqualTo("[2]");
    assertThat(kernel.execute("widget.close();").contents("comm_close")).hasSize(1);
    assertThat(kernel.execute("widget.send(Map.of());").error())
        .contains("IllegalStateException", "'widget' is closed");
  }

  @Test
  void aHandlerThatThrowsIsReportedAndItsCommClosed() throws Exception {
    kernel.execute("registerComm(\"bad\", (comm, m) -> {\n  Integer.parseInt(\"x\");\n});");
    Message open = kernel.sendShell("comm_open", content("c2", "{}").put("target_name", "bad"));
    Message said = kernel.awaitPublished(open, "stream", KernelClient.SOON);
    assertThat(said.content().path("name").asText()).isEqualTo("stderr");
    assertThat(said.content().path("text").asText()).contains("NumberFormatException", "line 2");
    kernel.awaitPublished(open, "comm_close", KernelClient.SOON);
    assertThat(open("bad")).isEmpty();
  }

  @Test
  void anEndlessHandlerIsInterrupted() throws Exception {
    kernel.execute("registerComm(\"loop\", (c, m) -> { System.out.print(1); while (true) {} });");
    Message open = kernel.sendShell("comm_open", content("c3", "{}").put("target_name", "loop"));
    kernel.awaitPublished(open, "stream", KernelClient.SOON);
    kernel.interrupt();
    kernel.awaitPublished(open, "comm_close", KernelClient.SOON);
    assertThat(kernel.execute("1 + 1").text()).isEqualTo("2");
  }

  @Test
  void refusesATargetThatIsNoLongerRegistered() throws Exception {
    kernel.execute("registerComm(\"gone\", (c, m) -> {}); unregisterComm(\"gone\");");
    Message open = kernel.sendShell("comm_open", content("c4", "{}").put("target_name", "gone"));
    Message close = kernel.awaitPublished(open, "comm_close", KernelClient.SOON);
    assertThat(close.content().path("comm_id").asText()).isEqualTo("c4");
  }

  private static ObjectNode content(String id, String data) throws Exception {
    return Json.object().put("comm_id", id).set("data", Json.read(data.getBytes()));
  }

  private static JsonNode open(String target) throws Exception {
    ObjectNode request = Json.object().put("target_name", target);
    return kernel.request("comm_info_request", request).reply().content().path("comms");
  }
}
