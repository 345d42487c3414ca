package dev.embedlab.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub on this machine: the addresses, headers and redirects of the real one, a second server on
 * another port as its storage of large files, and failures on demand.
 */
final class HubServer implements AutoCloseable {

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** How one answer goes wrong. */
  enum Failure {
    BREAK_OFF,
    STALL,
    WRONG_BYTES,
    TOO_MANY_BYTES,
    IGNORE_RANGE,
    SERVER_ERROR,
    RATE_LIMIT_NOW,
    RATE_LIMIT_LONG
  }

  /** A request as it arrived. */
  record Seen(String server, String path, String authorization, String range) {}

  private final JsonMapper mapper = new JsonMapper();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer hub = server();
  private final HttpServer storage = server();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, Boolean> large = new TreeMap<>();
  private final Map<String, Deque<Failure>> failures = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile String requiredToken = "";
  private volatile boolean gated;
  private volatile int pageSize = 1000;

  HubServer() throws IOException {
    hub.createContext("/", exchange -> handle(exchange, "hub"));
    storage.createContext("/", exchange -> handle(exchange, "storage"));
    hub.start();
    storage.start();
  }

  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    return server;
  }

  String endpoint() {
    return "http://127.0.0.1:" + hub.getAddress().getPort();
  }

  private String storage() {
    return "http://localhost:" + storage.getAddress().getPort();
  }

  HubServer small(String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    large.put(path, false);
    return this;
  }

  HubServer large(String path, byte[] content) {
    files.put(path, content);
    large.put(path, true);
    return this;
  }

  HubServer remove(String path) {
    files.remove(path);
    large.remove(path);
    return this;
  }

  HubServer failNext(String path, Failure... next) {
    failures.computeIfAbsent(path, _ -> new ArrayDeque<>()).addAll(List.of(next));
    return this;
  }

  HubServer requireToken(String token) {
    requiredToken = token;
    return this;
  }

  HubServer gate() {
    gated = true;
    return this;
  }

  HubServer pageSize(int size) {
    pageSize = size;
    return this;
  }

  List<Seen> seen() {
    return seen;
  }

  long contentRequests() {
    return seen.stream().filter(request -> request.path().contains("/resolve/")).count();
  }

  private void handle(HttpExchange exchange, String server) throws IOException {
    try (exchange) {
      String path =
          URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
      String authorization = header(exchange, "Authorization");
      seen.add(new Seen(server, path, authorization, header(exchange, "Range")));
      if (server.equals("storage")) {
        content(exchange, path.substring(1));
      } else if (!requiredToken.isEmpty() && !authorization.equals("Bearer " + requiredToken)) {
        boolean bad = !authorization.isEmpty();
        error(exchange, 401, "", bad ? "Invalid credentials in Authorization header" : "");
      } else if (path.startsWith("/api/")) {
        api(exchange, path);
      } else {
        resolve(exchange, path);
      }
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private void api(HttpExchange exchange, String path) throws IOException {
    if (!path.matches("/api/(models|datasets)/org/name/.*")) {
      error(exchange, 404, "RepoNotFound", "Repository not found");
    } else if (fails(exchange, "api")) {
      return;
    } else if (path.matches(".*/revision/(main|v1|refs/pr/2|" + COMMIT + ")")) {
      json(exchange, mapper.createObjectNode().put("id", "org/name").put("sha", COMMIT).toString());
    } else if (path.endsWith("/tree/" + COMMIT)) {
      tree(exchange);
    } else {
      error(exchange, 404, "RevisionNotFound", "Invalid rev id");
    }
  }

  private void tree(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int start = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
    List<String> names = files.keySet().stream().toList();
    int end = Math.min(names.size(), start + pageSize);
    ArrayNode list = mapper.createArrayNode();
    list.addObject().put("type", "directory").put("path", "folder").put("oid", "x").put("size", 0);
    for (String name : names.subList(start, end)) {
      ObjectNode entry = list.addObject().put("type", "file").put("path", name);
      byte[] content = files.get(name);
      entry.put("oid", gitSha1(content)).put("size", content.length);
      if (large.get(name)) {
        entry
            .putObject("lfs")
            .put("oid", sha256(content))
            .put("size", content.length)
            .put("pointerSize", 130);
      }
    }
    if (end < names.size()) {
      String next =
          endpoint() + exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + end;
      exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
    }
    json(exchange, list.toString());
  }

  private void resolve(HttpExchange exchange, String path) throws IOException {
    String name = path.replaceFirst("^(/datasets)?/org/name/resolve/" + COMMIT + "/", "");
    byte[] content = files.get(name);
    exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
    if (gated) {
      error(exchange, 403, "GatedRepo", "Access to model org/name is restricted");
    } else if (content == null) {
      error(exchange, 404, "EntryNotFound", "Entry not found");
    } else if (large.get(name)) {
      exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + sha256(content) + "\"");
      exchange.getResponseHeaders().add("X-Linked-Size", Integer.toString(content.length));
      exchange.getResponseHeaders().add("Location", storage() + "/" + name);
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.getResponseHeaders().add("ETag", "\"" + gitSha1(content) + "\"");
      content(exchange, name);
    }
  }

  private boolean fails(HttpExchange exchange, String key) throws IOException {
    Failure failure = next(key);
    if (failure == Failure.SERVER_ERROR) {
      error(exchange, 503, "", "");
    } else if (failure == Failure.RATE_LIMIT_NOW || failure == Failure.RATE_LIMIT_LONG) {
      String seconds = failure == Failure.RATE_LIMIT_NOW ? "0" : "3600";
      exchange.getResponseHeaders().add("Retry-After", seconds);
      error(exchange, 429, "", "");
    }
    return failure != null;
  }

  private Failure next(String key) {
    Deque<Failure> queue = failures.get(key);
    synchronized (this) {
      return queue == null ? null : queue.pollFirst();
    }
  }

  private void content(HttpExchange exchange, String name) throws IOException {
    byte[] content = files.get(name);
    Failure failure = next(name);
    String range = header(exchange, "Range");
    int from =
        range.isEmpty() || failure == Failure.IGNORE_RANGE
            ? 0
            : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    int status = from > 0 ? 206 : 200;
    byte[] body = java.util.Arrays.copyOfRange(content, from, content.length);
    switch (failure) {
      case BREAK_OFF, STALL -> {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        if (failure == Failure.STALL) {
          sleep();
        }
        throw new IOException("broken off on purpose");
      }
      case WRONG_BYTES -> {
        body[body.length / 2] ^= 1;
        send(exchange, status, body);
      }
      case TOO_MANY_BYTES -> send(exchange, status, java.util.Arrays.copyOf(body, body.length + 1));
      case SERVER_ERROR -> error(exchange, 503, "", "");
      case RATE_LIMIT_NOW, RATE_LIMIT_LONG -> {
        exchange.getResponseHeaders().add("Retry-After", "0");
        error(exchange, 429, "", "");
      }
      case IGNORE_RANGE -> send(exchange, status, body);
      case null -> send(exchange, status, body);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void json(HttpExchange exchange, String body) throws IOException {
    send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().add("X-Error-Code", code);
    }
    if (!message.isEmpty()) {
      exchange.getResponseHeaders().add("X-Error-Message", message);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  static String sha256(byte[] content) {
    return hex("SHA-256", content);
  }

  static String gitSha1(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return hex("SHA-1", all);
  }

  private static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }
}
