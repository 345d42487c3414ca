package dev.embedlab.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the environment variables of {@code huggingface_hub} with its precedence. */
final class HubEnvironment {

  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<String, String> environment;

  HubEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  HubSettings settings() {
    Path home =
        path("HF_HOME")
            .orElseGet(
                () ->
                    path("XDG_CACHE_HOME")
                        .orElseGet(() -> userHome().resolve(".cache"))
                        .resolve("huggingface"));
    Path cache =
        Stream.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")
            .flatMap(name -> path(name).stream())
            .findFirst()
            .orElseGet(() -> home.resolve("hub"));
    return new HubSettings(
        endpoint(text("HF_ENDPOINT").orElse(DEFAULT_ENDPOINT)),
        cache.toAbsolutePath().normalize(),
        token(home),
        isTrue("HF_HUB_OFFLINE") || (isUnset("HF_HUB_OFFLINE") && isTrue("TRANSFORMERS_OFFLINE")),
        !isTrue("HF_HUB_DISABLE_SYMLINKS"),
        Duration.ofSeconds(seconds("HF_HUB_DOWNLOAD_TIMEOUT", 10)),
        PAUSE);
  }

  static URI endpoint(String address) {
    try {
      return URI.create(address.strip().replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The hub's address '%s' (HF_ENDPOINT) is no URL.".formatted(address), e);
    }
  }

  private Optional<String> token(Path home) {
    if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return Optional.empty();
    }
    return text("HF_TOKEN")
        .or(() -> text("HUGGING_FACE_HUB_TOKEN"))
        .or(() -> tokenFile(path("HF_TOKEN_PATH").orElseGet(() -> home.resolve("token"))));
  }

  private static Optional<String> tokenFile(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The hub token in %s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private long seconds(String name, long fallback) {
    try {
      long value = text(name).map(Long::parseLong).orElse(fallback);
      return value > 0 ? value : fallback;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s', but must be a whole number of seconds."
              .formatted(name, environment.get(name)),
          e);
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private boolean isUnset(String name) {
    return text(name).isEmpty();
  }

  private boolean isTrue(String name) {
    return text(name).map(value -> TRUE.contains(value.toUpperCase(Locale.ROOT))).orElse(false);
  }

  /** Expands {@code ~} and variables, as Python does. */
  private Optional<Path> path(String name) {
    return text(name)
        .map(value -> VARIABLE.matcher(value).replaceAll(this::expand))
        .map(value -> value.equals("~") || value.startsWith("~/") ? home(value) : Path.of(value));
  }

  private String expand(java.util.regex.MatchResult match) {
    String name = match.group(1) != null ? match.group(1) : match.group(2);
    return Matcher.quoteReplacement(environment.getOrDefault(name, match.group()));
  }

  private static Path home(String value) {
    return userHome().resolve(value.length() > 2 ? value.substring(2) : "");
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }
}
