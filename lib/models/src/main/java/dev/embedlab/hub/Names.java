package dev.embedlab.hub;

import dev.embedlab.hub.HubException.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks names that become paths, and encodes them for addresses. */
final class Names {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int LONGEST = 1000;

  private Names() {}

  static boolean isCommit(String revision) {
    return COMMIT.matcher(revision).matches();
  }

  /** Refuses a file name of the hub that would leave the folder of its snapshot. */
  static void checkFile(String path) throws HubException {
    check("file", path);
  }

  /** Refuses a revision that would leave the folder {@code refs}. */
  static void checkRevision(String revision) throws HubException {
    check("revision", revision);
  }

  private static void check(String what, String path) throws HubException {
    boolean clean =
        path.length() <= LONGEST
            && path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 127)
            && Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!clean) {
      throw new HubException(
          Reason.BAD_NAME,
          "The %s name '%s' is refused, because it could lead outside the cache."
              .formatted(what, path.length() > 80 ? path.substring(0, 80) + "..." : path));
    }
  }

  /** Encodes a path for an address, keeping its slashes. */
  static String encodePath(String path) {
    return Arrays.stream(path.split("/")).map(Names::encode).collect(Collectors.joining("/"));
  }

  /** Encodes one segment for an address, slashes included. */
  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
