package dev.embedlab.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.TextPair;
import dev.embedlab.encode.Encoder;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import dev.embedlab.train.loss.RankedLogits;
import dev.embedlab.train.scratch.NewTransformer;
import dev.embedlab.train.scratch.StaticDistillation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Trains and saves one model of each kind with what it computes, for {@code check_saved.py} to open
 * in Python: {@code SavedFolders <folder>}.
 */
final class SavedFolders {

  private static final List<String> TEXTS =
      List.of("how to close a file", "The map is sorted in order", "", "日本語 naïve readHTMLFile()");

  private SavedFolders() {}

  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    List<TrainingExample> pairs = TransformerTrainingTest.pairs();
    Trainer.Builder trainer = Trainer.builder().batchSize(8).learningRate(1e-3).maxSteps(10);
    for (String name : List.of("bert-mean-norm", "xlmr-mean-prompts", "modernbert-cls-norm")) {
      try (EmbeddingModel model = Models.open(TransformerTrainingTest.fixture(name));
          var encoder = new TrainableTransformer(model)) {
        trainer.build().train(encoder, pairs);
        model.save(target.resolve("tuned-" + name));
        expect(target.resolve("tuned-" + name), model);
        StaticEmbedding distilled = StaticDistillation.of(model).dimension(16).distill();
        distilled.save(target.resolve("distilled-" + name));
        expect(target.resolve("distilled-" + name), distilled);
      }
    }
    try (EmbeddingModel model = Models.open(TransformerTrainingTest.fixture("bert-mean-norm"));
        var lora = TrainableLora.of(model, 4, 8)) {
      trainer.build().train(lora, pairs);
      model.save(target.resolve("lora"));
      expect(target.resolve("lora"), model);
    }
    List<String> texts = pairs.stream().flatMap(pair -> pair.texts().stream()).toList();
    try (EmbeddingModel model =
            NewTransformer.bert(TokenizerTrainer.bert(300).train(texts))
                .hidden(32)
                .open(target.resolve("scratch"));
        CrossEncoder cross =
            NewTransformer.crossEncoder(model, 1, target.resolve("cross-source"), 1)) {
      expect(target.resolve("scratch"), model);
      try (var encoder = new TrainableCrossEncoder(cross)) {
        trainer.loss(new RankedLogits()).build().train(encoder, triplets(pairs));
      }
      cross.save(target.resolve("cross"));
      float[][] logits =
          cross.logits(TEXTS.stream().map(text -> new TextPair("a query", text)).toList());
      write(target.resolve("cross"), Map.of("texts", TEXTS, "logits", logits));
    }
    StaticEmbedding trained =
        StaticEmbeddingTrainer.builder().vocabularySize(200).dimension(32).train(pairs);
    trained.save(target.resolve("static"));
    expect(target.resolve("static"), trained);
  }

  private static List<TrainingExample> triplets(List<TrainingExample> pairs) {
    return pairs.stream()
        .map(p -> TrainingExample.triplet(p.texts().get(0), p.texts().get(1), "something else"))
        .toList();
  }

  private static void expect(Path folder, Encoder encoder) throws IOException {
    write(folder, Map.of("texts", TEXTS, "embeddings", encoder.encode(TEXTS)));
  }

  private static void write(Path folder, Map<String, Object> content) throws IOException {
    Files.write(folder.resolve("expected.json"), new JsonMapper().writeValueAsBytes(content));
  }
}
