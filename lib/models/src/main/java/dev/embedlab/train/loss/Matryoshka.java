package dev.embedlab.train.loss;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Applies another loss to the leading dimensions as well, so that cut vectors still work.
 *
 * <ul>
 *   <li>Data: as the inner loss.
 *   <li>Formula: sum over the dimensions m of {@code inner(first m of every vector, scaled to unit
 *       length)}, all with weight 1.
 *   <li>Source: Kusupati et al., "Matryoshka Representation Learning" (2022); equals {@code
 *       MatryoshkaLoss} of sentence-transformers.
 * </ul>
 *
 * @param inner the loss applied at every size
 * @param dimensions sizes, each at most that of the model; list the full one too
 */
public record Matryoshka(Loss inner, List<Integer> dimensions) implements Loss {

  public Matryoshka {
    requireNonNull(inner, "inner");
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "dimensions must be one or more positive numbers, but are %s.".formatted(dimensions));
    }
  }

  @Override
  public boolean allowsRaggedNegatives() {
    return inner.allowsRaggedNegatives();
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return inner.missingOf(labels);
  }

  @Override
  public NDArray compute(Embeddings batch) {
    long full = batch.anchors().getShape().get(1);
    NDArray total = null;
    for (int dimension : dimensions) {
      if (dimension > full) {
        throw new IllegalArgumentException(
            "Matryoshka dimension %d is more than the model's %d.".formatted(dimension, full));
      }
      NDArray loss = inner.compute(batch.withColumns(cut(batch.columns(), dimension)));
      total = total == null ? loss : total.add(loss);
    }
    return total;
  }

  private static List<NDArray> cut(List<NDArray> columns, int dimension) {
    return columns.stream()
        .map(column -> Tensors.unitRows(column.get(":, :{}", dimension)))
        .toList();
  }

  @Override
  public String name() {
    return "Matryoshka" + dimensions + " of " + inner.name();
  }
}
