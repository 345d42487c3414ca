package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a status code and the hub's error headers into one sentence. */
final class StatusErrors {

  /** {@code RateLimit: "api";r=0;t=55}, where t is the number of seconds to wait. */
  private static final Pattern RATE_LIMIT = Pattern.compile("r\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d+)");

  private final HubSettings settings;

  StatusErrors(HubSettings settings) {
    this.settings = settings;
  }

  HubException of(int status, HttpHeaders headers, URI address, Target target) {
    String code = headers.firstValue("X-Error-Code").orElse("");
    Repository repository = target.repository();
    if (code.equals("GatedRepo")) {
      return new HubException(
          Reason.GATED,
          ("The %s is gated: accept its terms at %s/%s, then set HF_TOKEN to a token of that"
                  + " account.")
              .formatted(repository, settings.endpoint(), repository.pagePath()));
    }
    return switch (status) {
      case 401 -> unauthorized(headers, repository);
      case 403 ->
          new HubException(
              Reason.UNAUTHORIZED,
              "The hub forbids access to the %s (status 403); check the rights of the token in HF_TOKEN."
                  .formatted(target));
      case 404 -> notFound(code, target);
      case 429 -> rateLimited(headers, target);
      default ->
          new HubException(
              status >= 500 || status == 408 ? Reason.SERVER : Reason.NOT_FOUND,
              "The server %s answered %d when asked for the %s; try again later."
                  .formatted(address.getHost(), status, target));
    };
  }

  private HubException unauthorized(HttpHeaders headers, Repository repository) {
    boolean rejected =
        headers.firstValue("X-Error-Message").orElse("").startsWith("Invalid credentials");
    String problem =
        rejected
            ? "The hub rejects the token; check HF_TOKEN or log in again."
            : settings.token().isPresent()
                ? "The hub has no %s, or your token may not see it; check the name and the token."
                    .formatted(repository)
                : "The hub has no public %s; check the name, or set HF_TOKEN if it is private."
                    .formatted(repository);
    return new HubException(Reason.UNAUTHORIZED, problem);
  }

  private static HubException notFound(String code, Target target) {
    String problem =
        code.equals("RevisionNotFound")
            ? "The %s has no branch, tag or commit '%s'."
                .formatted(target.repository(), target.revision())
            : target.file().isPresent()
                ? "There is no %s at revision '%s'.".formatted(target, target.revision())
                : "The hub has no %s; check the name, or set HF_TOKEN if it is private."
                    .formatted(target);
    return new HubException(Reason.NOT_FOUND, problem);
  }

  private static HubException rateLimited(HttpHeaders headers, Target target) {
    Optional<Duration> wait =
        headers
            .firstValue("RateLimit")
            .flatMap(StatusErrors::rateLimitReset)
            .or(() -> headers.firstValue("Retry-After").flatMap(StatusErrors::retryAfter));
    String advice =
        wait.map(w -> "try again in %d seconds".formatted(w.toSeconds())).orElse("try again later");
    return new HubException(
        Reason.RATE_LIMITED,
        "The hub got too many requests (status 429, for the %s); %s, or set HF_TOKEN to raise the limit."
            .formatted(target, advice),
        null,
        wait);
  }

  private static Optional<Duration> rateLimitReset(String header) {
    Matcher matcher = RATE_LIMIT.matcher(header);
    return matcher.find() ? seconds(matcher.group(1)) : Optional.empty();
  }

  /** Either a number of seconds or a date. */
  static Optional<Duration> retryAfter(String header) {
    if (header.strip().matches("\\d+")) {
      return seconds(header.strip());
    }
    try {
      Instant when =
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), when);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String digits) {
    return digits.length() > 9
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Long.parseLong(digits)));
  }
}
