package dev.embedlab.evaluate.task;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;

/**
 * Something embeddings can be judged by. A task holds its data and can be run with any number of
 * encoders; {@link TextVectors} makes an encoder of vectors that exist already.
 */
public interface EmbeddingTask {

  /** As result files show it. */
  String name();

  TaskType type();

  /** Encodes the texts and scores the vectors. */
  TaskScores evaluate(Encoder encoder, EncodeOptions options);

  /** Runs with {@link EncodeOptions#defaults()}. */
  default TaskScores evaluate(Encoder encoder) {
    return evaluate(encoder, EncodeOptions.defaults());
  }
}
