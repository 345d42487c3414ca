package dev.embedlab.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import dev.embedlab.train.scratch.MaskedLanguageModel;
import dev.embedlab.train.scratch.NewTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A training process that the test kills: {@code ResumableRun static|transformer|wide <folder>
 * <step>}. Prints each step, waits forever at the step named, and prints at last a hash of the bits
 * of all weights. A transformer is pretrained first, then fine-tuned, both with dropout.
 */
final class ResumableRun {

  private ResumableRun() {}

  public static void main(String[] args) throws IOException {
    Engine.getEngine("PyTorch");
    Path folder = Path.of(args[1]);
    StepPrinter progress = new StepPrinter(Long.parseLong(args[2]));
    switch (args[0]) {
      case "static" -> table(folder, progress);
      case "transformer" -> transformer(folder, progress, 3, 32);
      // Steps long enough to be hit; fine-tuning is saved by nothing but the end of the process.
      case "wide" -> transformer(folder, progress, 20, 256);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void table(Path folder, Progress progress) {
    try (var encoder =
        new TrainableStaticEmbedding(Synonyms.randomTable(1), Synonyms.tokenizer())) {
      Trainer.builder()
          .epochs(8)
          .batchSize(32)
          .learningRate(0.02)
          .checkpoints(folder, 3)
          .progress(progress)
          .build()
          .train(encoder, Synonyms.pairs(600));
      System.out.println("weights " + Arrays.deepHashCode(encoder.snapshot("end").table()));
    }
  }

  private static void transformer(Path folder, Progress progress, int every, int hidden)
      throws IOException {
    List<TrainingExample> pairs = TransformerTrainingTest.pairs().subList(0, 160);
    List<String> texts = pairs.stream().flatMap(pair -> pair.texts().stream()).toList();
    var tokenizer = TokenizerTrainer.bert(200).train(texts);
    Path start = Files.createTempDirectory("resumable");
    try (EmbeddingModel model =
        NewTransformer.bert(tokenizer).layers(2).hidden(hidden).open(start)) {
      try (var mlm = new MaskedLanguageModel(model, 1)) {
        var settings = new MaskedLanguageModel.Settings(1, 16, 24, 1e-3, true, false, 1);
        var places = new MaskedLanguageModel.Checkpoints(folder.resolve("pretrained"), every);
        mlm.pretrain(texts, settings, progress, places);
      }
      try (var encoder = new TrainableTransformer(model)) {
        Trainer.builder()
            .batchSize(16)
            .learningRate(1e-3)
            .checkpoints(folder.resolve("tuned"), every)
            .progress(progress)
            .build()
            .train(encoder, pairs);
        int hash = 17;
        for (NDArray weight : encoder.weights().values()) {
          hash = 31 * hash + Arrays.hashCode(weight.toFloatArray());
        }
        System.out.println("weights " + hash);
      }
    }
  }

  /** Prints how far it is, and stops to be killed. */
  private static final class StepPrinter implements Progress, Progress.Task {
    private final long waitAt;
    private long done;

    StepPrinter(long waitAt) {
      this.waitAt = waitAt;
    }

    @Override
    public Task start(String label, long total) {
      return this;
    }

    @Override
    public void advance(long units) {
      done += units;
      System.out.println("step " + done);
      while (done == waitAt) {
        LockSupport.park();
      }
    }

    @Override
    public void note(String remark) {}

    @Override
    public void close() {}
  }
}
