package dev.embedlab.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.hub.HubException.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two questions that a download asks: which commit is this revision, and what is in it. */
final class HubApi {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_ANSWER = 32 << 20;
  private static final int MOST_PAGES = 1000;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

  private final HubSettings settings;
  private final HubHttp http;
  private final Retries retries;

  HubApi(HubSettings settings, HubHttp http) {
    this.settings = settings;
    this.http = http;
    this.retries = new Retries(settings.pause());
  }

  /** As {@link #commitNow}, but patient. */
  String commit(Target target) throws IOException {
    return retries.run(() -> commitNow(target));
  }

  /** The commit that a branch or tag points to now; fails at once if the hub does not answer. */
  String commitNow(Target target) throws IOException {
    URI address =
        address(
            "%s/revision/%s"
                .formatted(target.repository().apiPath(), Names.encode(target.revision())));
    Page page = page(address, target);
    String commit = page.json.path("sha").asText();
    if (!Names.isCommit(commit)) {
      throw damaged(target, "names no commit");
    }
    return commit;
  }

  /** All files at a commit. */
  List<RemoteFile> files(Target target) throws IOException {
    List<RemoteFile> files = new ArrayList<>();
    Optional<URI> next =
        Optional.of(
            address(
                "%s/tree/%s?recursive=true"
                    .formatted(target.repository().apiPath(), target.revision())));
    for (int i = 0; next.isPresent() && i < MOST_PAGES; i++) {
      URI address = next.get();
      Page page = retries.run(() -> page(address, target));
      if (!page.json.isArray()) {
        throw damaged(target, "is no list of files");
      }
      for (JsonNode entry : page.json) {
        if (entry.path("type").asText().equals("file")) {
          files.add(file(entry));
        }
      }
      next = page.next;
    }
    return files;
  }

  private static RemoteFile file(JsonNode entry) throws HubException {
    JsonNode large = entry.path("lfs");
    boolean isLarge = large.hasNonNull("oid");
    return RemoteFile.checked(
        entry.path("path").asText(),
        (isLarge ? large : entry).path("size").asLong(-1),
        entry.path("oid").asText(),
        isLarge ? Optional.of(large.get("oid").asText()) : Optional.empty());
  }

  /** Where the content of a file is. */
  URI content(Repository repository, String commit, String path) {
    return address(
        "%s/resolve/%s/%s".formatted(repository.pagePath(), commit, Names.encodePath(path)));
  }

  private URI address(String path) {
    return URI.create(settings.endpoint() + "/" + path);
  }

  private record Page(JsonNode json, Optional<URI> next) {}

  private Page page(URI address, Target target) throws IOException {
    try (HubHttp.Answer answer = http.get(address, target, 0);
        StallGuard guard = new StallGuard(answer.body(), settings.timeout())) {
      byte[] body = guard.read(LONGEST_ANSWER, target);
      Optional<URI> next =
          answer
              .response()
              .headers()
              .firstValue("Link")
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(matcher -> address.resolve(matcher.group(1)));
      return new Page(MAPPER.readTree(body), next);
    } catch (JacksonException e) {
      throw new HubException(
          Reason.DAMAGED,
          "The hub's answer about the %s is not JSON; check HF_ENDPOINT.".formatted(target),
          e);
    }
  }

  private static HubException damaged(Target target, String problem) {
    return new HubException(
        Reason.DAMAGED,
        "The hub's answer about the %s %s; check HF_ENDPOINT.".formatted(target, problem));
  }
}
