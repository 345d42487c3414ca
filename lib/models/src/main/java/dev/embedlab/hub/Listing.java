package dev.embedlab.hub;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one commit, as {@code huggingface_hub} keeps them in {@code trees/COMMIT.json},
 * format version 1. Offline, it tells a whole snapshot from one that was broken off.
 */
record Listing(List<RemoteFile> files) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int VERSION = 1;
  private static final long LONGEST = 64L << 20;

  Listing {
    files = List.copyOf(files);
  }

  List<RemoteFile> matching(FilePatterns patterns) {
    return files.stream().filter(file -> patterns.matches(file.path())).toList();
  }

  /** Reads a listing; one that is missing or that this version cannot read is asked for again. */
  static Optional<Listing> read(Path path) {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
        return Optional.empty();
      }
      JsonNode root = MAPPER.readTree(Files.readAllBytes(path));
      if (root.path("format_version").asInt() != VERSION || !root.path("files").isObject()) {
        return Optional.empty();
      }
      List<RemoteFile> files = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : root.get("files").properties()) {
        files.add(file(entry.getKey(), entry.getValue()));
      }
      return Optional.of(new Listing(files));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static RemoteFile file(String path, JsonNode entry) throws HubException {
    boolean isLarge = entry.hasNonNull("lfs_sha256");
    return RemoteFile.checked(
        path,
        entry.path(isLarge ? "lfs_size" : "size").asLong(-1),
        entry.path("blob_id").asText(),
        isLarge ? Optional.of(entry.get("lfs_sha256").asText()) : Optional.empty());
  }

  byte[] toJson() throws IOException {
    ObjectNode root = MAPPER.createObjectNode().put("format_version", VERSION);
    ObjectNode entries = root.putObject("files");
    files.stream()
        .sorted(java.util.Comparator.comparing(RemoteFile::path))
        .forEach(
            file -> {
              ObjectNode entry =
                  entries
                      .putObject(file.path())
                      .put("size", file.size())
                      .put("blob_id", file.gitSha1());
              file.sha256()
                  .ifPresent(sum -> entry.put("lfs_sha256", sum).put("lfs_size", file.size()));
            });
    return MAPPER.writer(new DefaultPrettyPrinter()).writeValueAsBytes(root);
  }
}
