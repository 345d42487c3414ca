package dev.embedlab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.embedlab.data.FolderTables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** The {@code configs} in the head of a data set's README.md, which say what its files hold. */
final class ReadmeConfigs {

  private static final YAMLMapper YAML = new YAMLMapper();

  private ReadmeConfigs() {}

  /** What the README says of these files; empty if it says nothing. */
  static List<Table> of(Path folder, List<Path> files) {
    List<Table> tables = new ArrayList<>();
    for (JsonNode config : head(folder.resolve("README.md")).path("configs")) {
      String name = config.path("config_name").asText(FolderTables.DEFAULT);
      JsonNode data = config.path("data_files");
      boolean single = data.isTextual() || data.isObject();
      for (JsonNode entry : single ? List.of(data) : data) {
        String split = entry.path("split").asText("");
        JsonNode paths = entry.isTextual() ? entry : entry.path("path");
        for (JsonNode path : paths.isTextual() ? List.of(paths) : paths) {
          addMatching(tables, folder, files, name, split, path.asText());
        }
      }
    }
    return List.copyOf(tables);
  }

  private static void addMatching(
      List<Table> tables,
      Path folder,
      List<Path> files,
      String config,
      String split,
      String pattern) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw new BadRowException(
          folder.resolve("README.md").toString(),
          0,
          "data_files",
          "'%s' is no file pattern".formatted(pattern));
    }
    for (Path file : files) {
      if (matcher.matches(folder.relativize(file))) {
        String told = split.isEmpty() ? FolderTables.split(file) : split;
        tables.add(new Table(file, config, told));
      }
    }
  }

  /** The YAML between the first two lines of dashes. */
  private static JsonNode head(Path readme) {
    if (!Files.isRegularFile(readme)) {
      return YAML.createObjectNode();
    }
    try {
      // A stray byte in a description is no reason to refuse the data.
      String text = new String(Files.readAllBytes(readme), StandardCharsets.UTF_8);
      text = text.replace("\r\n", "\n");
      int end = text.indexOf("\n---", 3);
      if (!text.startsWith("---\n") || end < 0) {
        return YAML.createObjectNode();
      }
      JsonNode head = YAML.readTree(text.substring(4, end + 1));
      return head == null ? YAML.createObjectNode() : head;
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw new BadRowException(readme.toString(), 0, "", "has a head that is no YAML: " + reason);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + readme + ": " + e.getMessage(), e);
    }
  }
}
