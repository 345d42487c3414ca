package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;

/**
 * GET requests to the hub. Redirects are followed here and not by the client, because the token
 * must reach the endpoint and no other host.
 */
final class HubHttp implements AutoCloseable {

  private static final int MAX_REDIRECTS = 10;
  private static final String AGENT = "embedlab/0.1; java/" + Runtime.version().feature();

  private final HubSettings settings;
  private final StatusErrors errors;
  private final HttpClient client;

  HubHttp(HubSettings settings) {
    this.settings = settings;
    this.errors = new StatusErrors(settings);
    // Each file has its own connection, so that its resets and time-outs stay its own.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .proxy(new EnvironmentProxies(System.getenv()))
            .build();
  }

  /**
   * The answer at the end of all redirects.
   *
   * @param linkedEtag checksum that the hub names before it redirects to its storage
   */
  record Answer(HttpResponse<InputStream> response, Optional<String> linkedEtag)
      implements AutoCloseable {

    InputStream body() {
      return response.body();
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  /**
   * Asks for an address, once.
   *
   * @param from first byte that is wanted; the server may ignore it and answer 200 instead of 206
   * @throws HubException for every status but 200 and 206
   */
  Answer get(URI address, Target target, long from) throws IOException {
    URI at = address;
    Optional<String> linkedEtag = Optional.empty();
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpResponse<InputStream> response = send(at, target, from);
      linkedEtag = linkedEtag.or(() -> response.headers().firstValue("X-Linked-Etag"));
      int status = response.statusCode();
      if (status == 200 || status == 206) {
        return new Answer(response, linkedEtag.map(HubHttp::unquote));
      }
      response.body().close();
      if (status < 300 || status >= 400) {
        throw errors.of(status, response.headers(), at, target);
      }
      at = redirect(at, response, target);
    }
    throw new HubException(
        Reason.UNREACHABLE, "The hub redirects in a circle for the %s.".formatted(target));
  }

  private static URI redirect(URI from, HttpResponse<?> response, Target target)
      throws HubException {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI to = from.resolve(location);
      boolean downgrade = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
      if (!location.isEmpty() && to.getHost() != null && !downgrade) {
        return to;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new HubException(
        Reason.DAMAGED,
        "The server %s redirects the request for the %s to an address that is refused."
            .formatted(from.getHost(), target));
  }

  private HttpResponse<InputStream> send(URI address, Target target, long from) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(settings.timeout())
            .header("User-Agent", AGENT)
            .header("Accept-Encoding", "identity");
    if (isEndpoint(address)) {
      settings.token().ifPresent(t -> request.header("Authorization", "Bearer " + t));
    }
    if (from > 0) {
      request.header("Range", "bytes=%d-".formatted(from));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      String what = e instanceof HttpConnectTimeoutException ? "connect" : "answer";
      throw unreachable(
          address,
          target,
          "did not %s within %d seconds".formatted(what, settings.timeout().toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("The download was interrupted.").initCause(e);
    } catch (IOException e) {
      String detail = e.getMessage() == null ? "" : " (%s)".formatted(e.getMessage());
      throw unreachable(address, target, "cannot be reached" + detail, e);
    }
  }

  private static HubException unreachable(URI at, Target target, String problem, IOException e) {
    return new HubException(
        Reason.UNREACHABLE,
        "The server %s %s when asked for the %s; check the connection, HF_ENDPOINT and proxy settings."
            .formatted(at.getHost(), problem, target),
        e);
  }

  private boolean isEndpoint(URI address) {
    URI endpoint = settings.endpoint();
    return endpoint.getScheme().equals(address.getScheme())
        && endpoint.getHost().equalsIgnoreCase(address.getHost())
        && endpoint.getPort() == address.getPort();
  }

  private static String unquote(String etag) {
    return etag.replaceFirst("^W/", "").replace("\"", "");
  }

  @Override
  public void close() {
    client.close();
  }
}
