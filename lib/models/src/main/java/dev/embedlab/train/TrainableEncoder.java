package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.encode.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An encoder whose weights a {@link Trainer} changes. */
public interface TrainableEncoder extends AutoCloseable {

  /**
   * Tokenizes texts ahead of time, on all cores; texts that {@link #forward} meets without this are
   * tokenized then. Optional.
   */
  default void prepare(List<String> texts) {}

  /**
   * @param step owns the result and all arrays made on the way; closed after the backward pass
   * @param training whether dropout is on
   * @return {@code [texts][dim]}, differentiable with respect to {@link #weights()}
   */
  NDArray forward(NDManager step, List<String> texts, boolean training);

  /**
   * Embeds all columns of a batch. Encoders that lose nothing by it do so in one pass, which spares
   * the gradient of every weight from being added up once for each column.
   *
   * @return one array {@code [texts][dim]} for each column
   */
  default List<NDArray> forwardAll(NDManager step, List<List<String>> columns, boolean training) {
    return columns.stream().map(column -> forward(step, column, training)).toList();
  }

  /** Embeds all columns as one and cuts the result, {@code [texts][dim]} for each column. */
  default List<NDArray> forwardJoined(
      NDManager step, List<List<String>> columns, boolean training) {
    long[] ends = new long[columns.size() - 1];
    long end = 0;
    for (int column = 0; column < ends.length; column++) {
      end += columns.get(column).size();
      ends[column] = end;
    }
    List<String> all = columns.stream().flatMap(List::stream).toList();
    NDArray joined = forward(step, all, training);
    return columns.size() == 1 ? List.of(joined) : joined.split(ends);
  }

  /**
   * All trainable weights by name, in a fixed order; the arrays stay the same ones as long as this
   * object lives.
   */
  Map<String, NDArray> weights();

  /**
   * What {@link #forward} is called with for a batch: one list for each column of its result.
   *
   * @param batch the examples with the most texts first
   * @param prompts put in front of the texts of a column; columns without one get none
   */
  default List<List<String>> columns(List<TrainingExample> batch, List<String> prompts) {
    List<List<String>> columns = new ArrayList<>();
    for (int column = 0; column < batch.getFirst().texts().size(); column++) {
      String prompt = column < prompts.size() ? prompts.get(column) : "";
      int position = column;
      columns.add(
          batch.stream()
              .filter(example -> example.texts().size() > position)
              .map(example -> prompt + example.texts().get(position))
              .toList());
    }
    return columns;
  }

  /**
   * Called before the first batch of a step.
   *
   * @param seed for what is drawn once in a step; a function of the number of the step
   */
  default void stepStarts(long seed) {}

  /** Called when the gradients of a step are complete, before the optimizer reads them. */
  default void gradientsReady() {}

  /**
   * Called before the first step of a run and when a step has failed: forgets what a step may have
   * left behind, in gradients other than those of {@link #weights()} or in the model.
   */
  default void stepDiscarded() {}

  /** Called when the values of {@link #weights()} have changed: after a step or a resumption. */
  default void weightsChanged() {}

  /** An encoder with the weights as they are now; valid until the next training step. */
  Encoder snapshot(String name);

  @Override
  void close();
}
