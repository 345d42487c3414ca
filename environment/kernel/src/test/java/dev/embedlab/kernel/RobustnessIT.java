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
  void tenMegabytesOfCode() throws Exception {
    CellResult result = kernel.execute("// " + "x".repeat(10_000_000) + "\n/* é */ 1 + 1", LONG);
    assertThat(result.text()).isEqualTo("2");
  }

  @Test
  void twoThousandLines() throws Exception {
    StringBuilder code = new StringBuilder("int lines = 0;\n");
    code.append("void step1() {\n");
    for (int i = 0; i < 2_000; i++) {
      code.append("  lines += ").append(i).append(" % 3;\n");
    }
    code.append("}\nstep1();\nlines");
    assertThat(kernel.execute(code.toString(), LONG).text()).isEqualTo("1999");
  }

  @Test
  void anExceptionInALambdaOfAStream() throws Exception {
    CellResult result =
        kernel.execute("int zero = 0;\nIntStream.range(0, 3)\n  .map(i -> i / zero)\n  .sum()");
    assertThat(result.errorName()).isEqualTo("java.lang.ArithmeticException");
    assertThat(result.error()).contains("line 3").doesNotContain("dev.embedlab");
  }

  @Test
  void memoryStaysFlatOverManyCells() throws Exception {
    int cells = Integer.getInteger("kernel.soak", 500);
    String used =
        "System.gc(); (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20";
    long before = 0;
    for (int i = 0; i < cells; i++) {
      if (i == cells / 10) {
        before = Long.parseLong(kernel.execute(used).text());
      }
      CellResult result =
          kernel.execute("var soak = new byte[1 << 20]; System.out.println(soak.length);", LONG);
      assertThat(result.status()).as(result.error()).isEqualTo("ok");
    }
    long after = Long.parseLong(kernel.execute(used).text());
    // A class and its entry in jshell stay for each snippet: 7 kilobytes of heap.
    assertThat(after - before).isLessThan(8 + cells / 40);
  }

  @Test
  void forgetsEverythingButTheClassPath() throws Exception {
    try (KernelClient fresh = KernelClient.start(KernelProcess.builder())) {
      fresh.execute("import java.time.*;\nint gone = 1;\nint twice(int n) { return 2 * n; }");
      assertThat(fresh.execute("%reset").status()).isEqualTo("ok");
      for (String code : List.of("gone", "twice(1)", "LocalDate.EPOCH")) {
        assertThat(fresh.execute(code).errorName()).as(code).isEqualTo("CompilationException");
      }
      assertThat(fresh.execute("int gone = 5;\nList.of(gone).size() + gone").text()).isEqualTo("6");
    }
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
    assertThat(result.stdout()).contains("second()");
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
