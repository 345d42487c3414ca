package dev.embedlab.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Every batch of a run in order; a function of data, settings and seed alone, so that a resumed run
 * finds its place by the number of its step.
 *
 * @param batches all of all epochs
 */
record BatchPlan(List<Batch> batches) {

  /**
   * @param task position in the list of tasks
   * @param examples positions in the examples of the task
   */
  record Batch(int task, int[] examples) {}

  static BatchPlan of(
      List<TrainingTask> tasks, TrainingTask.Mixing mixing, int epochs, int batchSize, long seed) {
    List<Batch> all = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<List<Batch>> perTask = new ArrayList<>();
      for (int task = 0; task < tasks.size(); task++) {
        perTask.add(batches(tasks.get(task), task, batchSize, seed + epoch));
      }
      all.addAll(mix(perTask, mixing, seed + epoch));
    }
    return new BatchPlan(all);
  }

  private static List<Batch> batches(TrainingTask task, int position, int batchSize, long seed) {
    return task.sampler().batches(task.examples(), batchSize, seed).stream()
        .map(examples -> new Batch(position, examples))
        .toList();
  }

  private static List<Batch> mix(List<List<Batch>> tasks, TrainingTask.Mixing mixing, long seed) {
    List<Batch> mixed = new ArrayList<>();
    switch (mixing) {
      case PROPORTIONAL -> {
        tasks.forEach(mixed::addAll);
        if (tasks.size() > 1) {
          Collections.shuffle(mixed, new Random(seed));
        }
      }
      case ROUND_ROBIN -> {
        int shortest = tasks.stream().mapToInt(List::size).min().orElse(0);
        for (int i = 0; i < shortest; i++) {
          for (List<Batch> task : tasks) {
            mixed.add(task.get(i));
          }
        }
      }
    }
    return mixed;
  }
}
