package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.kernel.protocol.Json;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completion and inspection as a front end asks for them; a bar in the code is the cursor. */
class AssistanceIT extends SharedKernel {

  @Test
  void completesInTheMiddleOfALine() throws Exception {
    JsonNode reply = complete("int a = \"x\".len|; int b = 2;");
    assertThat(strings(reply.path("matches"))).contains("length()");
    assertThat(reply.path("cursor_start").asInt()).isEqualTo("int a = \"x\".".length());
    assertThat(reply.path("cursor_end").asInt()).isEqualTo("int a = \"x\".len".length());
  }

  @Test
  void namesTheTypeOfEachMatch() throws Exception {
    JsonNode types = complete("\"\".toUpp|").path("metadata").path("_jupyter_types_experimental");
    assertThat(types.get(0).path("text").asText()).startsWith("toUpperCase");
    assertThat(types.get(0).path("type").asText()).isEqualTo("function");
  }

  @Test
  void completesBehindAnImportInTheSameCell() throws Exception {
    assertThat(strings(complete("import java.time.*;\nString s = \"\";\ns.toUpp|").path("matches")))
        .anyMatch(match -> match.startsWith("toUpperCase"));
  }

  @Test
  void offersClassesThatAreNotImported() throws Exception {
    assertThat(strings(complete("var now = ZonedDateT|").path("matches")))
        .contains("java.time.ZonedDateTime");
    assertThat(strings(complete("ArrayLis|").path("matches")))
        .contains("ArrayList")
        .doesNotContain("java.util.ArrayList");
  }

  @Test
  void completesPackages() throws Exception {
    assertThat(strings(complete("import java.util.conc|").path("matches"))).contains("concurrent.");
    assertThat(strings(complete("java.ut|").path("matches"))).contains("util.");
  }

  @Test
  void completesMagicsAndTheCodeBehindThem() throws Exception {
    assertThat(strings(complete("%lsm|").path("matches"))).containsExactly("lsmagic");
    assertThat(strings(complete("%lsmagic\nMath.hyp|").path("matches")))
        .anyMatch(match -> match.startsWith("hypot"));
    assertThat(strings(complete("%%time\nMath.hyp|").path("matches")))
        .anyMatch(match -> match.startsWith("hypot"));
  }

  @Test
  void showsTheJdksJavadocOnANameAndBehindAParenthesis() throws Exception {
    assertThat(inspect("Math.hy|pot(3, 4)")).contains("hypot(double", "sqrt").doesNotContain("<p>");
    assertThat(inspect("Math.hypot(|"))
        .contains("hypot(double", "intermediate overflow", "x^2", "  x: a value", "- If both")
        .doesNotContain("@param");
    assertThat(inspect("import java.time.*;\nMath.hypot(|")).contains("hypot(double");
    assertThat(inspect("%ti|me 1")).contains("how long");
  }

  @Test
  void findsNothingWithoutAName() throws Exception {
    JsonNode reply =
        kernel
            .request("inspect_request", Json.object().put("code", "").put("cursor_pos", 0))
            .reply()
            .content();
    assertThat(reply.path("status").asText()).isEqualTo("ok");
    assertThat(reply.path("found").asBoolean()).isFalse();
  }

  @Test
  void showsTheJavadocOfALibraryWithSources(@TempDir Path folder) throws Exception {
    String source =
        "package demo;\n/** Greets people. */\npublic class Greeter {\n"
            + "  /** Says hello as often as asked. */\n"
            + "  public static String hello(int times) { return \"hello\".repeat(times); }\n}\n";
    Path jar = folder.resolve("greeter-1.jar");
    writeJar(jar, "demo/Greeter.class", compile(folder, source));
    writeJar(
        folder.resolve("greeter-1-sources.jar"),
        "demo/Greeter.java",
        source.getBytes(StandardCharsets.UTF_8));
    assertThat(kernel.execute("%jars " + jar).status()).isEqualTo("ok");
    assertThat(inspect("demo.Greeter.hello(|")).contains("hello(int times)", "as often as asked");
    assertThat(strings(complete("Greet|").path("matches"))).contains("demo.Greeter");
    assertThat(strings(complete("import dem|").path("matches"))).contains("demo.");
    assertThat(inspect("Math.abs(|")).contains("absolute value");
  }

  private static byte[] compile(Path folder, String source) throws Exception {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Greeter.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options = List.of("-d", folder.toString());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, List.of(file))
                .call())
        .isTrue();
    return Files.readAllBytes(folder.resolve("demo/Greeter.class"));
  }

  private static void writeJar(Path file, String entry, byte[] content) throws Exception {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new ZipEntry(entry));
      jar.write(content);
    }
  }

  private static JsonNode complete(String marked) throws Exception {
    return ask("complete_request", marked);
  }

  private static String inspect(String marked) throws Exception {
    return ask("inspect_request", marked).path("data").path("text/plain").asText();
  }

  private static JsonNode ask(String type, String marked) throws Exception {
    int cursor = marked.indexOf('|');
    String code = marked.substring(0, cursor) + marked.substring(cursor + 1);
    return kernel
        .request(
            type, Json.object().put("code", code).put("cursor_pos", cursor).put("detail_level", 0))
        .reply()
        .content();
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
