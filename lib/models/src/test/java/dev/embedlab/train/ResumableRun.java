package dev.embedlab.train;

import ai.djl.engine.Engine;
import dev.embedlab.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A training process that the test kills: {@code ResumableRun <checkpoint folder> <step>}. Prints
 * each step, waits forever at the step named, and prints at last a hash of the bits of all weights.
 */
final class ResumableRun {

  private ResumableRun() {}

  public static void main(String[] args) {
    Engine.getEngine("PyTorch");
    try (var encoder =
        new TrainableStaticEmbedding(Synonyms.randomTable(1), Synonyms.tokenizer())) {
      Trainer.builder()
          .epochs(8)
          .batchSize(32)
          .learningRate(0.02)
          .checkpoints(Path.of(args[0]), 3)
          .progress(new StepPrinter(Long.parseLong(args[1])))
          .build()
          .train(encoder, Synonyms.pairs(600));
      System.out.println("weights " + Arrays.deepHashCode(encoder.snapshot("end").table()));
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
