package dev.embedlab.train.scratch;

import ai.djl.ndarray.NDArray;
import dev.embedlab.train.TrainingState;
import dev.embedlab.train.optimize.AdamW;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Saves a run of pretraining now and then, or never, and finds the place to go on from. */
record PretrainingCheckpoint(Optional<MaskedLanguageModel.Checkpoints> place, String fingerprint) {

  /** All that a step changes. */
  static Map<String, NDArray> tensors(List<NDArray> weights, AdamW optimizer) {
    Map<String, NDArray> all = new LinkedHashMap<>(optimizer.state());
    for (int i = 0; i < weights.size(); i++) {
      all.put("weight." + i, weights.get(i));
    }
    return all;
  }

  /** Puts the saved values into the tensors and returns the losses so far; empty at the start. */
  List<Float> resume(Map<String, NDArray> tensors) {
    if (place.isEmpty()) {
      return List.of();
    }
    try {
      Optional<TrainingState> state = TrainingState.load(place.get().folder(), fingerprint);
      state.ifPresent(saved -> TrainingState.restore(saved.tensors(), tensors));
      return state.map(TrainingState::losses).orElse(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a checkpoint in " + place.get().folder(), e);
    }
  }

  /**
   * Saves if it is time to.
   *
   * @param losses one for each step made
   * @param last whether to save whatever the number of the step
   */
  void reached(List<Float> losses, Map<String, NDArray> tensors, boolean last) {
    if (place.isEmpty() || losses.isEmpty() || !last && losses.size() % place.get().every() != 0) {
      return;
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach((name, array) -> values.put(name, array.toFloatArray()));
    try {
      new TrainingState(losses.size(), losses, List.of(), values)
          .save(place.get().folder(), fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a checkpoint to " + place.get().folder(), e);
    }
  }
}
