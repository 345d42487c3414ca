package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.embedlab.checkpoint.Models;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticSavingTest {

  @TempDir Path folder;

  @Test
  void theSavedFolderGivesTheSameVectors() throws Exception {
    List<TrainingExample> pairs =
        List.of(
            TrainingExample.pair("read a file", "String readFile(Path path)"),
            TrainingExample.pair("write a file", "void writeFile(Path path, String text)"));
    StaticEmbedding model =
        StaticEmbeddingTrainer.builder().vocabularySize(120).dimension(16).epochs(2).train(pairs);
    model.save(folder.resolve("model"));
    List<String> texts = List.of("readHTMLFile(path)", "", "Crème brûlée 😀", "a file to write");
    float[][] expected = model.encode(texts);
    try (var loaded = Models.open(folder.resolve("model"))) {
      float[][] actual = loaded.encode(texts);
      for (int i = 0; i < expected.length; i++) {
        for (int d = 0; d < 16; d++) {
          assertThat(actual[i][d]).isCloseTo(expected[i][d], within(1e-5f));
        }
      }
    }
  }
}
