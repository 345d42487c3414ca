package dev.embedlab.hub;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub and the cache are; immutable, changed through the {@code with} methods.
 *
 * @param endpoint address of the hub, {@code http} or {@code https}
 * @param cache folder that holds {@code models--org--name}
 * @param token proves who asks; sent to the endpoint and to no other host
 * @param offline whether only the cache may be used
 * @param symlinks whether snapshots may be symbolic links into {@code blobs}; where the file system
 *     has none, files are moved there
 * @param timeout longest silence of the server before it counts as unreachable
 * @param pause wait before the first repetition of a failed request; doubles each time
 */
public record HubSettings(
    URI endpoint,
    Path cache,
    Optional<String> token,
    boolean offline,
    boolean symlinks,
    Duration timeout,
    Duration pause) {

  /**
   * @throws IllegalArgumentException if the endpoint is no http address or the token cannot be sent
   */
  public HubSettings {
    requireNonNull(cache, "cache");
    String scheme = endpoint.getScheme();
    if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "The hub's address '%s' (HF_ENDPOINT) must begin with http:// or https:// and name a host."
              .formatted(endpoint));
    }
    if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "The hub token (HF_TOKEN or the token file) contains a space or a character that is not"
              + " ASCII; copy it again.");
    }
  }

  /** As {@code huggingface_hub} reads them from the environment of this process. */
  public static HubSettings standard() {
    return from(System.getenv());
  }

  /**
   * Settings by environment variables: {@code HF_ENDPOINT}, {@code HF_HOME}, {@code HF_HUB_CACHE},
   * {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HUB_OFFLINE}, {@code
   * HF_HUB_DISABLE_SYMLINKS}, {@code HF_HUB_DISABLE_IMPLICIT_TOKEN}, {@code
   * HF_HUB_DOWNLOAD_TIMEOUT}.
   */
  public static HubSettings from(Map<String, String> environment) {
    return new HubEnvironment(environment).settings();
  }

  public HubSettings withEndpoint(String value) {
    return new HubSettings(
        HubEnvironment.endpoint(value), cache, token, offline, symlinks, timeout, pause);
  }

  public HubSettings withCache(Path value) {
    return new HubSettings(endpoint, value, token, offline, symlinks, timeout, pause);
  }

  public HubSettings withToken(String value) {
    return new HubSettings(endpoint, cache, Optional.of(value), offline, symlinks, timeout, pause);
  }

  public HubSettings withOffline(boolean value) {
    return new HubSettings(endpoint, cache, token, value, symlinks, timeout, pause);
  }

  public HubSettings withSymlinks(boolean value) {
    return new HubSettings(endpoint, cache, token, offline, value, timeout, pause);
  }

  public HubSettings withTimeout(Duration value) {
    return new HubSettings(endpoint, cache, token, offline, symlinks, value, pause);
  }

  public HubSettings withPause(Duration value) {
    return new HubSettings(endpoint, cache, token, offline, symlinks, timeout, value);
  }

  /** Keeps the token out of logs and notebooks. */
  @Override
  public String toString() {
    return "HubSettings[endpoint=%s, cache=%s, token=%s, offline=%s]"
        .formatted(endpoint, cache, token.isPresent() ? "set" : "none", offline);
  }
}
