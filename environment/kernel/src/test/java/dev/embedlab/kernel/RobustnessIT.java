package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** After each of these the kernel is usable and variables are kept. */
class RobustnessIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static KernelClient kernel;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelClient.start(KernelProcess.builder().jvmArguments(List.of("-Xmx256m")));
    kernel.execute("int kept = 7;");
  }

  @AfterEach
  void isUsable() throws Exception {
    assertThat(kernel.execute("kept").text()).isEqualTo("7");
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }

  @Test
  void outOfMemory() throws Exception {
    CellResult result =
        kernel.execute(
            "{ var all = new ArrayList<long[]>(); while (true) all.add(new long[1_000_000]); }",
            LONG);
    assertThat(result.errorName()).isEqualTo("java.lang.OutOfMemoryError");
  }

  @Test
  void stackOverflow() throws Exception {
    CellResult result =
        kernel.execute("int down(int n) { return down(n + 1) + 1; }\ndown(0)", LONG);
    assertThat(result.errorName()).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void hundredThousandLinesArriveWhole() throws Exception {
    CellResult result =
        kernel.execute(
            "for (int i = 0; i < 100_000; i++) System.out.println(\"line \" + i);", LONG);
    assertThat(result.stdout().lines().count()).isEqualTo(100_000);
    assertThat(result.stdout()).endsWith("line 99999\n");
  }

  @Test
  void tenMegabytesAtOnceArriveWhole() throws Exception {
    CellResult result = kernel.execute("System.out.print(\"ä\".repeat(10_000_000));", LONG);
    assertThat(result.stdout()).hasSize(10_000_000).doesNotContain("\ufffd");
  }

  @Test
  void anErrorInToString() throws Exception {
    CellResult result =
        kernel.execute("new Object() { public String toString() { throw new Error(\"no\"); } }");
    assertThat(result.errorName()).isEqualTo("java.lang.Error");
  }

  @Test
  void redefinedClasses() throws Exception {
    kernel.execute("class A { int v() { return 1; } }\nint useA() { return new A().v(); }");
    kernel.execute("class A { int v() { return 2; } }");
    assertThat(kernel.execute("useA()").text()).isEqualTo("2");
  }

  @Test
  void forwardReferences() throws Exception {
    CellResult result = kernel.execute("int first() { return second() + 1; }");
    assertThat(result.status()).isEqualTo("ok");
    assertThat(result.stderr()).contains("second()");
    assertThat(kernel.execute("int second() { return 1; }\nfirst()").text()).isEqualTo("2");
  }

  @Test
  void errorsOfOtherThreadsAreShown() throws Exception {
    CellResult result =
        kernel.execute(
            "var t = new Thread(() -> { throw new IllegalStateException(\"alone\"); });\n"
                + "t.start(); t.join();");
    assertThat(result.stderr()).contains("IllegalStateException", "alone", "line 1");
  }

  @Test
  void unknownNamesAreAnsweredWithAnImport() throws Exception {
    CellResult result = kernel.execute("var z = ZonedDateTime.now();");
    assertThat(result.error()).contains("import java.time.ZonedDateTime;", "line 1");
  }

  @Test
  void unknownMagicsNameTheirNeighbour() throws Exception {
    assertThat(kernel.execute("%clspath").error()).contains("%classpath");
  }

  @Test
  void userCodeSeesOnlyTheRuntimePackage() throws Exception {
    for (String name :
        List.of(
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.zeromq.ZMQ",
            "org.slf4j.Logger",
            "dev.embedlab.kernel.session.Session")) {
      CellResult result = kernel.execute("Class.forName(\"" + name + "\")");
      assertThat(result.errorName()).as(name).isEqualTo("java.lang.ClassNotFoundException");
      assertThat(kernel.execute("import " + name + ";").status()).as(name).isEqualTo("error");
    }
    assertThat(kernel.execute("Class.forName(\"com.sun.source.tree.Tree\").getSimpleName()").text())
        .isEqualTo("Tree");
  }

  @Test
  void recordsShowAsATableWithEscapedText() throws Exception {
    CellResult result =
        kernel.execute("record Row(String name, int n) {}\nList.of(new Row(\"<b>\", 1))");
    assertThat(result.result("text/html").orElseThrow()).contains("<th>name</th>", "&lt;b&gt;");
  }

  @Test
  void magicsOfTheTour() throws Exception {
    assertThat(kernel.execute("%who").stdout()).contains("int kept");
    assertThat(kernel.execute("%timeit Math.sqrt(kept)").stdout()).contains("median");
    assertThat(kernel.execute("%%html\n<i>x</i>").result("text/html")).contains("<i>x</i>");
    assertThat(kernel.execute("%%bash\necho hi").error()).contains("EMBEDLAB_BASH");
    assertThat(kernel.execute("%help time").stdout()).contains("how long");
  }
}
