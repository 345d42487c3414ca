package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolves from a repository made for the test, through a mirror in settings.xml: no network. */
class MavenIT {
  @TempDir private Path folder;

  @Test
  void resolvesThroughTheMirrorReportsConflictsAndWorksOfflineAfterwards() throws Exception {
    Path repository = repository();
    try (KernelClient kernel = start(repository)) {
      CellResult result = kernel.execute("%maven demo:left:1.0 demo:right:1.0");
      assertThat(result.status()).as(result.error()).isEqualTo("ok");
      assertThat(
              result.contents("display_data").toString() + result.contents("update_display_data"))
          .contains("Downloaded ", "left-1.0.jar (1 kB)");
      assertThat(result.stdout())
          .contains("Version conflict: demo:base 1.0 is used, 2.0 was asked for by right 1.0");
      assertThat(text(kernel, "base")).isEqualTo("base 1.0");
      assertThat(kernel.execute("%maven demo:base:2.0").stdout())
          .contains("demo:base 1.0 stays", "Restart the kernel");
    }
    Files.move(repository, folder.resolve("unplugged"));
    try (KernelClient kernel = start(repository)) {
      assertThat(kernel.execute("%maven demo:left:1.0").status()).isEqualTo("ok");
      assertThat(text(kernel, "left")).isEqualTo("left 1.0");
      assertThat(kernel.execute("%maven demo:nowhere:9").error())
          .contains("demo:nowhere:jar:9 cannot be found", "%mavenRepo id url");
      assertThat(kernel.execute("%maven nonsense").error()).contains("group:artifact:version");
    }
  }

  @Test
  void takesDependenciesFromPoms() throws Exception {
    try (KernelClient kernel = start(repository())) {
      CellResult fragment =
          kernel.execute(
              """
              %%loadFromPOM
              <dependency>
                <groupId>demo</groupId>
                <artifactId>left</artifactId>
                <version>1.0</version>
                <exclusions><exclusion><groupId>demo</groupId><artifactId>base</artifactId></exclusion></exclusions>
              </dependency>
              """);
      assertThat(fragment.status()).as(fragment.error()).isEqualTo("ok");
      assertThat(text(kernel, "left")).isEqualTo("left 1.0");
      assertThat(kernel.execute("%classpath").stdout()).doesNotContain("base");

      Path pom = folder.resolve("pom.xml");
      Files.writeString(
          pom,
          """
          <project>
            <modelVersion>4.0.0</modelVersion>
            <groupId>mine</groupId><artifactId>mine</artifactId><version>1</version>
            <properties><base.version>2.0</base.version></properties>
            <dependencyManagement><dependencies><dependency>
              <groupId>demo</groupId><artifactId>base</artifactId><version>${base.version}</version>
            </dependency></dependencies></dependencyManagement>
            <dependencies>
              <dependency><groupId>demo</groupId><artifactId>base</artifactId></dependency>
              <dependency><groupId>demo</groupId><artifactId>absent</artifactId><version>1</version><scope>test</scope></dependency>
            </dependencies>
          </project>
          """);
      CellResult file = kernel.execute("%loadFromPOM " + pom);
      assertThat(file.status()).as(file.error()).isEqualTo("ok");
      assertThat(text(kernel, "base")).isEqualTo("base 2.0");
      assertThat(kernel.execute("%%loadFromPOM\n<dependency>").error()).contains("well-formed");
    }
  }

  @Test
  void addsARepository() throws Exception {
    Path own = repository();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    try (KernelClient kernel = start(empty, "central")) {
      assertThat(kernel.execute("%maven demo:base:1.0").status()).isEqualTo("error");
      kernel.execute("%mavenRepo own " + own.toUri());
      CellResult result = kernel.execute("%maven demo:base:1.0");
      assertThat(result.status()).as(result.error()).isEqualTo("ok");
      assertThat(text(kernel, "base")).isEqualTo("base 1.0");
    }
  }

  private KernelClient start(Path repository) throws Exception {
    return start(repository, "*");
  }

  private KernelClient start(Path repository, String mirrorOf) throws Exception {
    Path home = folder.resolve("home");
    Path settings = home.resolve(".m2").resolve("settings.xml");
    Files.createDirectories(settings.getParent());
    Files.writeString(
        settings,
        "<settings><mirrors><mirror><id>test</id><mirrorOf>%s</mirrorOf><url>%s</url></mirror></mirrors></settings>"
            .formatted(mirrorOf, repository.toUri()));
    return KernelClient.start(KernelProcess.builder().jvmArguments(List.of("-Duser.home=" + home)));
  }

  /** What the resource that names an artifact says, seen by user code. */
  private static String text(KernelClient kernel, String artifact) throws Exception {
    return kernel
        .execute(
            "new String(Thread.currentThread().getContextClassLoader().getResourceAsStream(\""
                + artifact
                + ".txt\").readAllBytes())")
        .text();
  }

  private Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    publish(repository, "base", "1.0", "");
    publish(repository, "base", "2.0", "");
    publish(repository, "left", "1.0", dependency("1.0"));
    // Reading a profile for a Java version needs the JVM's properties.
    String profile =
        "<profiles><profile><id>new</id><activation><jdk>[9,)</jdk></activation></profile></profiles>";
    publish(repository, "right", "1.0", dependency("2.0") + profile);
    return repository;
  }

  private static String dependency(String version) {
    return "<dependencies><dependency><groupId>demo</groupId><artifactId>base</artifactId><version>"
        + version
        + "</version></dependency></dependencies>";
  }

  private static void publish(Path repository, String name, String version, String dependencies)
      throws IOException {
    Path home = repository.resolve(Path.of("demo", name, version));
    Files.createDirectories(home);
    Files.writeString(
        home.resolve(name + "-" + version + ".pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>"
            .formatted(name, version, dependencies));
    try (OutputStream out = Files.newOutputStream(home.resolve(name + "-" + version + ".jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new ZipEntry(name + ".txt"));
      jar.write((name + " " + version).getBytes());
    }
  }
}
