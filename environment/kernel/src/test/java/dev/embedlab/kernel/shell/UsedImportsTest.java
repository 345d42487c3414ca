package dev.embedlab.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is left out of a snippet's imports, jshell must answer as if it were there. */
class UsedImportsTest {
  static Stream<List<String>> sessions() {
    return Stream.of(
        List.of("int a = 1;", "int b = a + 1;", "a = 5;", "b = a * 2;", "b"),
        List.of("int f() { return g() + 1; }", "int g() { return x; }", "int x = 4;", "f()"),
        List.of("int x = 1;", "int f() { return x; }", "String x = \"text\";", "f()", "int x = 7;"),
        List.of(
            "int x = 1;",
            "int f() { return x; }",
            "int h() { return f(); }",
            "long f() { return 3L; }"),
        List.of(
            "class A { int v = 3; }",
            "A make() { return new A(); }",
            "var made = make();",
            "made.v"),
        List.of(
            "class A { int v = 3; }",
            "A make() { return new A(); }",
            "var made = make();",
            "class A { int w = 4; }",
            "make().w"),
        List.of(
            "int f(int a) { return a; }",
            "int f(String s) { return f(s.length()); }",
            "f(\"abc\")"),
        List.of("int n = 2;", "int m = 3;", "int a = n, c = m;", "a + c"),
        List.of("int f() { return c; }", "int b = 1, c = 2;", "f()"),
        List.of("int f() { return c; }", "int/*!*/c = 2;", "f()"),
        List.of("int f() { return c; }", "int // why!\nc = 2;", "f()"),
        List.of("int f() { return c; }", "int[]c = {2};", "f()", "int c = 1;", "f()"),
        List.of("int \\u0061b = 3;", "ab", "int f() { return a\\u0062; }", "int ab = 9;", "f()"),
        List.of("int ä = 3;", "int größe() { return ä; }", "größe()"),
        List.of("int x = 3;", "java.util.function.IntSupplier s = () -> x;", "s.getAsInt()"),
        List.of("1 + 1", "$1 + 1", "int $1 = 4;", "$1"),
        List.of("Set<String> s() { return null; }", "import java.util.Set;", "s()"),
        List.of("double r() { return sqrt(4); }", "import static java.lang.Math.*;", "r()"),
        List.of("double r() { return sqrt(4); }", "double sqrt(double x) { return -1; }", "r()"),
        List.of(
            "enum E { ONE, TWO }", "E e = E.ONE;", "switch (e) { case ONE -> 1; case TWO -> 2; }"),
        List.of(
            "record P(int x) { int twice() { return x * k; } }", "int k = 2;", "new P(4).twice()"),
        List.of(
            "<T> T same(T t) { return t; }", "String u = same(\"a\");", "int same = 1;", "same(u)"),
        List.of("int x = 1;", "int y = undefined + x;", "undefined()", "x +"),
        List.of("String t = \"x\";", "String s = \"\"\"\n  int x = 1;\n  \"\"\";", "s + t"));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void answersAsIfEverythingWereImported(List<String> session) {
    compare(session);
  }

  /** Declarations and redeclarations over few names, most of them in terms of one another. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void answersAsIfEverythingWereImportedInRandomSessions(long seed) {
    Random random = new Random(seed);
    List<String> session = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      session.add(randomSnippet(random));
    }
    compare(session);
  }

  private static String randomSnippet(Random random) {
    String name = name(random);
    String other = name(random);
    String third = name(random);
    return switch (random.nextInt(9)) {
      case 0 -> "int %s = %d;".formatted(name, random.nextInt(10));
      case 1 -> "int %s = %s + %s;".formatted(name, other, third);
      case 2 -> "int %s() { return %s + %s(); }".formatted(name, other, third);
      case 3 -> "int %s(int a) { return a == 0 ? 1 : %s(a - 1); }".formatted(name, other);
      case 4 -> "var %s = new %s();".formatted(name, other.toUpperCase());
      case 5 -> "class %s { int f = %s; }".formatted(name.toUpperCase(), other);
      case 6 -> "%s + %s".formatted(name, other);
      case 7 -> "String %s = \"%s\" + %s; // %s".formatted(name, other, third, other);
      default -> "int %s = 1, %s = %s;".formatted(name, other, third);
    };
  }

  private static String name(Random random) {
    return String.valueOf("pqrstuv".charAt(random.nextInt(7)));
  }

  private static void compare(List<String> session) {
    try (JShell all = shell();
        JShell few = shell()) {
      UsedImports imports = UsedImports.connect(few);
      for (String source : session) {
        assertThat(described(imports.compile(source, () -> few.eval(source))))
            .as(source)
            .isEqualTo(described(all.eval(source)));
      }
      assertThat(few.snippets().map(snippet -> few.status(snippet)))
          .containsExactlyElementsOf(all.snippets().map(snippet -> all.status(snippet)).toList());
    }
  }

  private static List<String> described(List<SnippetEvent> events) {
    return events.stream()
        .map(
            e ->
                "%s: %s from %s, new signature %s, value %s, error %s"
                    .formatted(
                        e.snippet().source(),
                        e.status(),
                        e.previousStatus(),
                        e.isSignatureChange(),
                        withoutAddress(e.value()),
                        e.exception() == null ? "none" : e.exception().getMessage()))
        .toList();
  }

  private static String withoutAddress(String value) {
    return value == null ? "none" : value.replaceFirst("[/@].*", "");
  }

  @Test
  void leavesOutWhatASnippetDoesNotMention() {
    try (JShell jshell = shell()) {
      UsedImports imports = UsedImports.connect(jshell);
      eval(jshell, imports, "class Kept {}");
      eval(jshell, imports, "import java.util.List;");
      for (int i = 0; i < 20; i++) {
        eval(jshell, imports, "int v%d = %d;".formatted(i, i));
        eval(jshell, imports, "int m%d() { return v%d; }".formatted(i, i));
      }
      assertThat(wrapped(jshell, eval(jshell, imports, "int sum = v7 + m11();")))
          .contains(".v7;", ".m11;", ".Kept;", "java.util.List;")
          .doesNotContain(".v1;", ".v11;", ".m7;", ".m1;");
    }
  }

  @Test
  void importsWhatIsCompiledAgainNeeds() {
    try (JShell jshell = shell()) {
      UsedImports imports = UsedImports.connect(jshell);
      Snippet method = eval(jshell, imports, "int total() { return first + second; }");
      eval(jshell, imports, "int second = 2;");
      eval(jshell, imports, "int first = 1;");
      assertThat(jshell.status(method)).isEqualTo(Snippet.Status.VALID);
      assertThat(wrapped(jshell, method)).contains(".first;", ".second;");
    }
  }

  @Test
  void leavesAJShellAloneThatHasSnippets() {
    try (JShell jshell = shell()) {
      jshell.eval("int early = 1;");
      UsedImports imports = UsedImports.connect(jshell);
      assertThat(wrapped(jshell, eval(jshell, imports, "int late = 2;"))).contains(".early;");
    }
  }

  private static Snippet eval(JShell jshell, UsedImports imports, String source) {
    return imports.compile(source, () -> jshell.eval(source)).getFirst().snippet();
  }

  private static String wrapped(JShell jshell, Snippet snippet) {
    return jshell.sourceCodeAnalysis().wrapper(snippet).wrapped();
  }

  private static JShell shell() {
    return JShell.builder().executionEngine("local").build();
  }
}
