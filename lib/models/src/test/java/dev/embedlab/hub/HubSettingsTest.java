package dev.embedlab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {

  @TempDir Path home;

  @Test
  void readsTheVariablesOfPython() throws IOException {
    Files.writeString(home.resolve("token"), "hf_file\n");
    HubSettings settings = HubSettings.from(Map.of("HF_HOME", home.toString()));
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(settings.cache()).isEqualTo(home.resolve("hub"));
    assertThat(settings.token()).hasValue("hf_file");
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void theNarrowerVariableWins() {
    HubSettings settings =
        HubSettings.from(
            Map.of(
                "HF_HOME", "/a",
                "HF_HUB_CACHE", "$BASE/${NAME}/c",
                "BASE", "/b",
                "NAME", "n",
                "HF_TOKEN", " hf_env ",
                "HF_ENDPOINT", "http://localhost:8080/",
                "HF_HUB_OFFLINE", "yes",
                "HF_HUB_DOWNLOAD_TIMEOUT", "30"));
    assertThat(settings.cache()).isEqualTo(Path.of("/b/n/c"));
    assertThat(settings.token()).hasValue("hf_env");
    assertThat(settings.endpoint()).hasToString("http://localhost:8080");
    assertThat(settings.offline()).isTrue();
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings).asString().doesNotContain("hf_env");
  }

  @Test
  void defaultsToTheHomeOfTheUser() {
    Path cache = HubSettings.from(Map.of()).cache();
    assertThat(cache)
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "huggingface", "hub"));
    assertThat(HubSettings.from(Map.of("HF_HOME", "~/x")).cache())
        .isEqualTo(Path.of(System.getProperty("user.home"), "x", "hub"));
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> HubSettings.from(Map.of("HF_ENDPOINT", "ftp://x")))
        .hasMessageContaining("HF_ENDPOINT");
    assertThatThrownBy(() -> HubSettings.from(Map.of("HF_TOKEN", "a\nb")))
        .hasMessageContaining("copy it again");
    assertThatThrownBy(() -> HubSettings.from(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "soon")))
        .hasMessageContaining("HF_HUB_DOWNLOAD_TIMEOUT is 'soon'");
  }

  @Test
  void takesTheProxyOfTheEnvironment() {
    EnvironmentProxies proxies =
        new EnvironmentProxies(
            Map.of("HTTPS_PROXY", "http://proxy:3128", "no_proxy", "localhost,.inside.org"));
    assertThat(proxies.select(URI.create("https://huggingface.co")))
        .isEqualTo(
            List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128))));
    assertThat(proxies.select(URI.create("https://hub.inside.org")))
        .containsExactly(Proxy.NO_PROXY);
  }
}
