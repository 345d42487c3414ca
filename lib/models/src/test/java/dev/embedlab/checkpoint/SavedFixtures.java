package dev.embedlab.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Opens and saves every reference checkpoint, with what it computes, for {@code check_saved.py} to
 * open in Python: {@code SavedFixtures <folder>}.
 */
final class SavedFixtures {

  private static final List<String> TEXTS =
      List.of("how to close a file", "The map is sorted in order", "", "日本語 naïve readHTMLFile()");

  private SavedFixtures() {}

  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    for (String name : Fixtures.encoders().toList()) {
      try (EmbeddingModel model = Models.open(Fixtures.folder(name))) {
        model.save(target.resolve(name));
        write(target.resolve(name), "embeddings", model.encode(TEXTS));
      }
    }
    try (CrossEncoder model = Models.openCrossEncoder(Fixtures.folder("cross-encoder-bert"))) {
      model.save(target.resolve("cross-encoder-bert"));
      List<TextPair> pairs = TEXTS.stream().map(text -> new TextPair("a query", text)).toList();
      write(target.resolve("cross-encoder-bert"), "logits", model.logits(pairs));
    }
  }

  private static void write(Path folder, String field, float[][] values) throws IOException {
    Files.write(
        folder.resolve("expected.json"),
        new JsonMapper().writeValueAsBytes(Map.of("texts", TEXTS, field, values)));
  }
}
