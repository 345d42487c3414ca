package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstCellsIT extends SharedKernel {

  @Test
  void showsTheLastValue() throws Exception {
    CellResult result = kernel.execute("int a = 20;\nint b = 22;\na + b");
    assertThat(result.status()).isEqualTo("ok");
    assertThat(result.text()).isEqualTo("42");
  }

  @Test
  void printsToBothStreams() throws Exception {
    CellResult result =
        kernel.execute("System.out.println(\"näher\"); System.err.println(\"weit\");");
    assertThat(result.stdout()).isEqualTo("näher\n");
    assertThat(result.stderr()).isEqualTo("weit\n");
  }

  @Test
  void marksTheLineThatDoesNotCompile() throws Exception {
    CellResult result = kernel.execute("int ok = 1;\nint wrong = \"text\";");
    assertThat(result.status()).isEqualTo("error");
    assertThat(result.error()).contains("line 2", "int wrong = \"text\";", "^^^^^^");
  }

  @Test
  void marksTheLineThatThrows() throws Exception {
    CellResult result = kernel.execute("int zero = 0;\n\nint broken = 1 / zero;");
    assertThat(result.errorName()).isEqualTo("java.lang.ArithmeticException");
    assertThat(result.error()).contains("line 3").doesNotContain("dev.embedlab");
  }

  @Test
  void displaysHtmlAndUpdatesIt() throws Exception {
    CellResult result =
        kernel.execute(
            "var id = display(\"<b>1</b>\", \"text/html\");\n"
                + "updateDisplay(id, \"<b>2</b>\", \"text/html\");");
    assertThat(result.contents("display_data").getFirst().path("data").path("text/html").asText())
        .isEqualTo("<b>1</b>");
    assertThat(result.contents("update_display_data")).hasSize(1);
  }

  @Test
  void interruptsASleep() throws Exception {
    var request = kernel.sendExecute("System.out.println(1); Thread.sleep(60_000);");
    kernel.awaitPublished(request, "stream", KernelClient.SOON);
    kernel.interrupt();
    CellResult result = kernel.await(request, Duration.ofSeconds(20));
    assertThat(result.errorName()).isEqualTo("java.lang.InterruptedException");
  }

  @Test
  void timesACell() throws Exception {
    CellResult result = kernel.execute("%%time\nint t = 6;\nt * 7");
    assertThat(result.text()).isEqualTo("42");
    assertThat(result.stdout()).startsWith("Time: ");
  }

  @Test
  void aLastDisplayDoesNotShowItsId() throws Exception {
    CellResult result = kernel.execute("display(\"x\", \"text/plain\");");
    assertThat(result.contents("display_data")).hasSize(1);
    assertThat(result.contents("execute_result")).isEmpty();
  }

  @Test
  void evaluatesTextAndMagicsFromCode() throws Exception {
    assertThat(kernel.execute("eval(\"int made = 6;\");\neval(\"made * 7\")").text())
        .isEqualTo("42");
    assertThat(kernel.execute("made").text()).isEqualTo("6");
    assertThat(kernel.execute("magic(\"%time made + 1\")").stdout()).startsWith("Time: ");
    CellResult wrong =
        kernel.execute(
            "try { eval(\"var z = ZonedDateTime.now();\"); }"
                + " catch (Exception e) { System.out.println(e.getMessage()); }");
    assertThat(wrong.stdout()).contains("cannot find symbol");
    assertThat(
            kernel
                .execute(
                    "var box = new Object[1];\n"
                        + "var t = new Thread(() -> { try { box[0] = eval(\"made + 1\"); }"
                        + " catch (Exception e) { box[0] = e; } });\nt.start(); t.join();\nbox[0]")
                .text())
        .isEqualTo("7");
  }
}
