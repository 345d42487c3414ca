package dev.embedlab.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proxies by {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in
 * either case, as Python's clients read them; else by Java's system properties.
 */
final class EnvironmentProxies extends ProxySelector {

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    Optional<String> proxy = variable(uri.getScheme() + "_proxy").or(() -> variable("all_proxy"));
    if (proxy.isEmpty()) {
      ProxySelector system = ProxySelector.getDefault();
      return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
    }
    return List.of(isDirect(uri.getHost()) ? Proxy.NO_PROXY : proxy(proxy.get()));
  }

  private static Proxy proxy(String address) {
    URI uri = URI.create(address.contains("://") ? address : "http://" + address);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "The proxy '%s' (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY) names no host."
              .formatted(address));
    }
    int port = uri.getPort() > 0 ? uri.getPort() : 80;
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  private boolean isDirect(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return Arrays.stream(variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split(","))
        .map(entry -> entry.strip().replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || name.equals(entry) || name.endsWith("." + entry));
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .map(String::strip)
        .findFirst();
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself reports it.
  }
}
