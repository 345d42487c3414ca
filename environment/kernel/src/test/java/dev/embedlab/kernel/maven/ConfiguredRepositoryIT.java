package dev.embedlab.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from where this machine's settings.xml says, then works from what was downloaded. */
class ConfiguredRepositoryIT {
  private static final String LIBRARY = "com.google.code.gson:gson:2.13.1";
  private static final String POM = "com/google/code/gson/gson/2.13.1/gson-2.13.1.pom";
  private static final String CELL = "new com.google.gson.Gson().toJson(List.of(1, 2))";

  @TempDir private Path folder;

  @Test
  void downloadsThenWorksOffline() throws Exception {
    String repository = repository();
    assumeTrue(serves(repository), "no answer from the Maven repository, so nothing is downloaded");
    String cache = "-Dmaven.repo.local=" + folder.resolve("repository");
    try (KernelClient kernel = start(List.of(cache))) {
      CellResult result = kernel.execute("%maven " + LIBRARY);
      assertThat(result.status()).as(result.error()).isEqualTo("ok");
      List<JsonNode> shown = result.contents("display_data");
      assertThat(shown).as("one bar, updated in place").hasSize(1);
      List<JsonNode> updates = result.contents("update_display_data");
      assertThat(updates)
          .isNotEmpty()
          .allMatch(update -> update.path("transient").equals(shown.getFirst().path("transient")));
      assertThat(updates.getLast().path("data").path("text/plain").asText())
          .contains("Downloaded", "gson-2.13.1.jar (2", "error_prone_annotations-");
      assertThat(kernel.execute(CELL).text()).isEqualTo("[1,2]");
    }
    String home = "-Duser.home=" + offlineHome();
    try (KernelClient kernel = start(List.of(cache, home))) {
      CellResult result = kernel.execute("%maven " + LIBRARY);
      assertThat(result.status()).as(result.error()).isEqualTo("ok");
      assertThat(result.contents("display_data")).isEmpty();
      assertThat(kernel.execute(CELL).text()).isEqualTo("[1,2]");
      assertThat(kernel.execute("%maven com.google.code.gson:gson:2.8.9").error())
          .contains("gson:jar:2.8.9 cannot be found", "offline");
    }
  }

  private static KernelClient start(List<String> jvm) throws Exception {
    return KernelClient.start(KernelProcess.builder().jvmArguments(jvm));
  }

  private Path offlineHome() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2").resolve("settings.xml"),
        "<settings><offline>true</offline></settings>");
    return home;
  }

  /** Maven Central, or what stands in for it here. */
  private static String repository() {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    MavenSettings.read().apply(session);
    var central = SuperPom.repositories().getFirst();
    RemoteRepository own =
        new RemoteRepository.Builder(central.getId(), "default", central.getUrl()).build();
    RemoteRepository mirror = session.getMirrorSelector().getMirror(own);
    return mirror == null ? own.getUrl() : mirror.getUrl();
  }

  private static boolean serves(String repository) {
    try {
      URI pom = URI.create(repository.replaceFirst("/*$", "/") + POM);
      if (!(pom.toURL().openConnection() instanceof HttpURLConnection connection)) {
        return Files.exists(Path.of(pom));
      }
      connection.setConnectTimeout(5000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
