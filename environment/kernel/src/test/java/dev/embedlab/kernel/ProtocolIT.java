package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messaging protocol against the real process. */
class ProtocolIT extends SharedKernel {
  private static final int MUTATIONS = Integer.getInteger("kernel.fuzz", 1000);

  @Test
  void kernelInfoNamesTheLanguage() throws Exception {
    JsonNode info = kernel.request("kernel_info_request", Json.object()).reply().content();
    assertThat(info.path("status").asText()).isEqualTo("ok");
    assertThat(info.path("protocol_version").asText()).isEqualTo("5.4");
    assertThat(info.path("language_info").path("name").asText()).isEqualTo("java");
  }

  @Test
  void everyRequestIsBetweenBusyAndIdle() throws Exception {
    List<JsonNode> states = kernel.execute("1").contents("status");
    assertThat(states.getFirst().path("execution_state").asText()).isEqualTo("busy");
    assertThat(states.getLast().path("execution_state").asText()).isEqualTo("idle");
  }

  @Test
  void silentPublishesNothingAndDoesNotCount() throws Exception {
    int before = kernel.execute("1").executionCount();
    ObjectNode silent = cell("System.out.println(1); 2").put("silent", true);
    CellResult result = kernel.request("execute_request", silent);
    assertThat(result.published()).allMatch(message -> message.type().equals("status"));
    assertThat(kernel.execute("1").executionCount()).isEqualTo(before + 1);
  }

  @Test
  void withoutHistoryNothingCounts() throws Exception {
    int before = kernel.execute("1").executionCount();
    kernel.request("execute_request", cell("1").put("store_history", false));
    assertThat(kernel.execute("1").executionCount()).isEqualTo(before + 1);
  }

  @Test
  void answersUserExpressions() throws Exception {
    ObjectNode request = cell("int u = 6;");
    request.putObject("user_expressions").put("good", "u * 7").put("bad", "u / 0");
    JsonNode answers =
        kernel.request("execute_request", request).reply().content().path("user_expressions");
    assertThat(answers.path("good").path("data").path("text/plain").asText()).isEqualTo("42");
    assertThat(answers.path("bad").path("ename").asText())
        .isEqualTo("java.lang.ArithmeticException");
  }

  @Test
  void anErrorAbortsWhatIsQueuedBehindIt() throws Exception {
    Message first = kernel.sendExecute("Thread.sleep(1000); throw new RuntimeException(\"x\");");
    Message second = kernel.sendExecute("int never = 1;");
    assertThat(kernel.await(first, KernelClient.SOON).status()).isEqualTo("error");
    assertThat(kernel.await(second, KernelClient.SOON).status()).isEqualTo("aborted");
    assertThat(kernel.execute("1 + 1").text()).isEqualTo("2");
  }

  @Test
  void hundredQueuedCellsAllRun() throws Exception {
    kernel.execute("int sum = 0;");
    List<Message> requests = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      requests.add(kernel.sendExecute("sum += 1;"));
    }
    for (Message request : requests) {
      assertThat(kernel.await(request, Duration.ofMinutes(2)).status()).isEqualTo("ok");
    }
    assertThat(kernel.execute("sum").text()).isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int x = 1;|complete",
        "1 + 1|complete",
        "for (int i = 0; i < 3; i++) {|incomplete",
        "String s = \"\"\"|incomplete",
        ") (|invalid",
        "%%time|incomplete"
      })
  void knowsWhetherCodeIsComplete(String code, String status) throws Exception {
    CellResult result = kernel.request("is_complete_request", Json.object().put("code", code));
    assertThat(result.status()).isEqualTo(status);
  }

  @Test
  void completesAfterAnEmojiInCodePoints() throws Exception {
    String code = "\"😀😀\".toUpp";
    int cursor = code.codePointCount(0, code.length());
    JsonNode reply =
        kernel
            .request("complete_request", Json.object().put("code", code).put("cursor_pos", cursor))
            .reply()
            .content();
    assertThat(reply.path("matches").toString()).contains("toUpperCase");
    assertThat(reply.path("cursor_end").asInt()).isEqualTo(cursor);
    assertThat(reply.path("cursor_start").asInt()).isEqualTo(cursor - "toUpp".length());
  }

  @Test
  void completesAndInspectsWhileACellRuns() throws Exception {
    Message running = kernel.sendExecute("System.out.println(1); Thread.sleep(600_000);");
    kernel.awaitPublished(running, "stream", KernelClient.SOON);
    ObjectNode question = Json.object().put("code", "Math.ab").put("cursor_pos", 7);
    assertThat(kernel.request("complete_request", question).reply().content().toString())
        .contains("abs");
    ObjectNode inspection =
        Json.object().put("code", "Math.abs(").put("cursor_pos", 9).put("detail_level", 0);
    assertThat(kernel.request("inspect_request", inspection).reply().content().toString())
        .contains("absolute value");
    assertThat(kernel.beats(Duration.ofSeconds(5))).isTrue();
    kernel.interrupt();
    assertThat(kernel.await(running, KernelClient.SOON).status()).isEqualTo("error");
  }

  @Test
  void remembersHistory() throws Exception {
    kernel.execute("String remembered = \"needle\";");
    ObjectNode tail = Json.object().put("hist_access_type", "tail").put("n", 1);
    assertThat(kernel.request("history_request", tail).reply().content().path("history").toString())
        .contains("needle");
    ObjectNode search =
        Json.object().put("hist_access_type", "search").put("pattern", "*needle*").put("n", 10);
    assertThat(
            kernel.request("history_request", search).reply().content().path("history").toString())
        .contains("remembered");
  }

  @Test
  void readsLinesAndPasswords() throws Exception {
    Message request =
        kernel.sendExecute("var in = new Scanner(System.in).nextLine(); in + password(\"key?\")");
    kernel.answerInput(kernel.nextQuestion(KernelClient.SOON), "line ");
    Message question = kernel.nextQuestion(KernelClient.SOON);
    assertThat(question.content().path("password").asBoolean()).isTrue();
    assertThat(question.content().path("prompt").asText()).isEqualTo("key?");
    kernel.answerInput(question, "secret");
    assertThat(kernel.await(request, KernelClient.SOON).text()).isEqualTo("line secret");
  }

  @Test
  void outputOfAThreadThatOutlivesItsCellKeepsItsParent() throws Exception {
    Message request =
        kernel.sendExecute(
            "new Thread(() -> { try { Thread.sleep(1500); } catch (InterruptedException e) {}"
                + " System.out.println(\"late\"); }).start();");
    kernel.await(request, KernelClient.SOON);
    kernel.execute("1");
    Message late = kernel.awaitPublished(request, "stream", KernelClient.SOON);
    assertThat(late.content().path("text").asText()).isEqualTo("late\n");
  }

  @Test
  void refusesUnknownRequestsAndDebugging() throws Exception {
    assertThat(kernel.request("no_such_request", Json.object()).status()).isEqualTo("error");
    Message debug = kernel.controlRequest("debug_request", Json.object().put("seq", 1));
    assertThat(debug.content().path("success").asBoolean(true)).isFalse();
  }

  @Test
  void closesCommsItDoesNotKnow() throws Exception {
    Message open =
        kernel.sendShell(
            "comm_open", Json.object().put("comm_id", "c1").put("target_name", "nobody"));
    Message close = kernel.awaitPublished(open, "comm_close", KernelClient.SOON);
    assertThat(close.content().path("comm_id").asText()).isEqualTo("c1");
    assertThat(kernel.request("comm_info_request", Json.object()).status()).isEqualTo("ok");
  }

  @Test
  void servesTwoFrontEnds() throws Exception {
    try (KernelClient second = KernelClient.connect(kernel.kernel())) {
      kernel.execute("int shared = 5;");
      assertThat(second.execute("shared").text()).isEqualTo("5");
    }
  }

  @Test
  void livesThroughReplayedForgedAndMutatedMessages() throws Exception {
    List<byte[]> good = kernel.frames("kernel_info_request", Json.object());
    kernel.sendRaw(good);
    kernel.sendRaw(good);
    Random random = new Random(42);
    for (int i = 0; i < MUTATIONS; i++) {
      List<byte[]> frames = kernel.frames("execute_request", cell("throw null;"));
      mutate(frames, random);
      kernel.sendRaw(frames);
    }
    assertThat(kernel.execute("2 * 3").text()).isEqualTo("6");
    assertThat(kernel.kernel().log()).contains("refused", "replay");
  }

  private static void mutate(List<byte[]> frames, Random random) {
    int at = random.nextInt(frames.size());
    switch (random.nextInt(3)) {
      case 0 -> frames.remove(at);
      case 1 -> {
        byte[] changed = frames.get(at).clone();
        if (changed.length > 0) {
          changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
        } else {
          changed = new byte[] {(byte) random.nextInt()};
        }
        frames.set(at, changed);
      }
      default -> {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        frames.set(at, noise);
      }
    }
  }

  private static ObjectNode cell(String code) {
    return Json.object().put("code", code).put("silent", false).put("store_history", true);
  }
}
