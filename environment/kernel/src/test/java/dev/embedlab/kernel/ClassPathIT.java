package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The user brings other versions of the libraries that the kernel itself is made of. */
class ClassPathIT {
  /** Copied by the build; none of them is the version in the kernel's jar. */
  private static final List<String> JARS =
      List.of(
          "jackson-annotations-2.17.2.jar",
          "jackson-core-2.17.2.jar",
          "jackson-databind-2.17.2.jar",
          "gson-2.8.9.jar",
          "slf4j-api-1.7.36.jar",
          "slf4j-simple-1.7.36.jar",
          "jeromq-0.5.1.jar");

  private static KernelClient kernel;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Path.of(System.getProperty("embedlab.clash"));
    String classPath =
        JARS.stream()
            .map(jar -> folder.resolve(jar).toString())
            .collect(Collectors.joining(java.io.File.pathSeparator));
    kernel = KernelClient.start(KernelProcess.builder().classPath(classPath));
  }

  @AfterAll
  static void stop() throws Exception {
    kernel.close();
  }

  @Test
  void jacksonIsTheUsers() throws Exception {
    CellResult result =
        kernel.execute(
            """
            import com.fasterxml.jackson.databind.ObjectMapper;
            record Point(int x, int y) {}
            var json = new ObjectMapper();
            var point = json.readValue("{\\"x\\": 1, \\"y\\": 2}", Point.class);
            json.version() + " " + json.writeValueAsString(point)
            """);
    assertThat(result.text()).as(result.error()).isEqualTo("2.17.2 {\"x\":1,\"y\":2}");
  }

  @Test
  void gsonIsTheUsers() throws Exception {
    CellResult result =
        kernel.execute("new com.google.gson.Gson().fromJson(\"[1, 2]\", int[].class).length");
    assertThat(result.text()).as(result.error()).isEqualTo("2");
    assertThat(jarOf("com.google.gson.Gson")).isEqualTo("gson-2.8.9.jar");
  }

  /** Version 1 finds its logger through a class that version 2, the kernel's, no longer knows. */
  @Test
  void slf4jIsTheUsers() throws Exception {
    CellResult result =
        kernel.execute("org.slf4j.LoggerFactory.getLogger(\"mine\").warn(\"heard {}\", 7);");
    assertThat(result.stderr()).as(result.error()).contains("WARN mine - heard 7");
    assertThat(jarOf("org.slf4j.Logger")).isEqualTo("slf4j-api-1.7.36.jar");
  }

  @Test
  void jeroMqIsTheUsers() throws Exception {
    CellResult result =
        kernel.execute(
            """
            import org.zeromq.*;
            String echo(String text) {
              try (var context = new ZContext()) {
                var server = context.createSocket(SocketType.REP);
                int port = server.bindToRandomPort("tcp://127.0.0.1");
                var client = context.createSocket(SocketType.REQ);
                client.connect("tcp://127.0.0.1:" + port);
                client.send(text);
                server.send(server.recvStr() + " back");
                return client.recvStr();
              }
            }
            echo("there and")
            """);
    assertThat(result.text()).as(result.error()).isEqualTo("there and back");
    assertThat(jarOf("org.zeromq.ZMQ")).isEqualTo("jeromq-0.5.1.jar");
  }

  @Test
  void threadsOfTheCommonPoolSeeTheUsersClassPath() throws Exception {
    CellResult result =
        kernel.execute(
            """
            var own = Thread.currentThread().getContextClassLoader();
            var seen = Collections.synchronizedSet(new HashSet<ClassLoader>());
            for (int i = 0; i < 50; i++) {
              CompletableFuture.runAsync(
                  () -> seen.add(Thread.currentThread().getContextClassLoader())).join();
            }
            IntStream.range(0, 1000).parallel()
                .forEach(i -> seen.add(Thread.currentThread().getContextClassLoader()));
            seen.equals(Set.of(own))
            """);
    assertThat(result.text()).as(result.error()).isEqualTo("true");
  }

  /** Every class and resource in the kernel's jar, asked for by a cell with an empty class path. */
  @Test
  void nothingOfTheKernelIsVisible() throws Exception {
    String jar = System.getProperty("embedlab.kernel.jar");
    try (KernelClient bare = KernelClient.start(KernelProcess.builder())) {
      CellResult result =
          bare.execute(
              """
              import java.util.jar.*;
              var loader = Thread.currentThread().getContextClassLoader();
              int classes = 0;
              var visible = new TreeSet<String>();
              boolean loads(String name) {
                try {
                  Class.forName(name, false, loader);
                  return true;
                } catch (ClassNotFoundException | LinkageError e) {
                  return false;
                }
              }
              try (var kernel = new JarFile("%s")) {
                for (var entry : Collections.list(kernel.entries())) {
                  String name = entry.getName();
                  if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                    classes++;
                    if (loads(name.replace(".class", "").replace('/', '.'))) visible.add(name);
                  }
                  if (!entry.isDirectory() && loader.getResource(name) != null) visible.add(name);
                }
              }
              visible.removeIf(name -> name.startsWith("dev/embedlab/kernel/runtime/"));
              System.out.println(classes);
              visible
              """
                  .formatted(jar.replace("\\", "\\\\")));
      assertThat(Integer.parseInt(result.stdout().strip())).isGreaterThan(2000);
      assertThat(result.text()).as(result.error()).isEqualTo("[]");
    }
  }

  private static String jarOf(String type) throws Exception {
    String location =
        kernel
            .execute(type + ".class.getProtectionDomain().getCodeSource().getLocation().toString()")
            .text();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
