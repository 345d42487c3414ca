package dev.embedlab.train.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/**
 * Several losses on the same batch, for example {@link MultipleNegativesRanking} with a tenth of
 * {@link GlobalOrthogonal}.
 *
 * @param parts at least one
 */
public record WeightedSum(List<Part> parts) implements Loss {

  /** A loss and the factor on it. */
  public record Part(Loss loss, double weight) {}

  public WeightedSum {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A weighted sum needs at least one loss.");
    }
  }

  @Override
  public boolean allowsRaggedNegatives() {
    return parts.stream().allMatch(part -> part.loss().allowsRaggedNegatives());
  }

  @Override
  public Optional<String> missingOf(List<Float> labels) {
    return parts.stream().flatMap(part -> part.loss().missingOf(labels).stream()).findFirst();
  }

  @Override
  public NDArray compute(Embeddings batch) {
    NDArray total = null;
    for (Part part : parts) {
      NDArray loss = Tensors.scale(part.loss().compute(batch), part.weight());
      total = total == null ? loss : total.add(loss);
    }
    return total;
  }
}
