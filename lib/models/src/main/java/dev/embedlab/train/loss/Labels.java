package dev.embedlab.train.loss;

import java.util.List;
import java.util.Optional;

/** What losses have to say of an example's labels; each answer goes on after "CoSent needs". */
final class Labels {

  private Labels() {}

  /** Empty if there is one label; {@code what} names it. */
  static Optional<String> one(List<Float> labels, String what) {
    return labels.size() == 1 ? Optional.empty() : Optional.of(what);
  }

  /** Empty if there is one label from 0 to 1. */
  static Optional<String> share(List<Float> labels) {
    boolean right = labels.size() == 1 && labels.getFirst() >= 0 && labels.getFirst() <= 1;
    return right ? Optional.empty() : Optional.of("one label from 0 to 1");
  }

  /** Empty if there is one label that can be the number of a class. */
  static Optional<String> classNumber(List<Float> labels) {
    boolean right = labels.size() == 1 && labels.getFirst() >= 0 && labels.getFirst() % 1 == 0;
    return right ? Optional.empty() : Optional.of("one label that is a whole number from 0");
  }

  /** Empty if there is a label. */
  static Optional<String> some(List<Float> labels, String what) {
    return labels.isEmpty() ? Optional.of(what) : Optional.empty();
  }
}
