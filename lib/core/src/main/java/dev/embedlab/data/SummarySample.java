package dev.embedlab.data;

import java.util.List;

/**
 * Summaries of one text by people and by machines, with people's ratings of the latter.
 *
 * @param human summaries by people, at least one
 * @param machine summaries by machines
 * @param ratings of the machine summaries, as many as those
 */
public record SummarySample(List<String> human, List<String> machine, List<Double> ratings) {

  public SummarySample {
    human = List.copyOf(human);
    machine = List.copyOf(machine);
    ratings = List.copyOf(ratings);
    if (human.isEmpty() || machine.size() != ratings.size()) {
      throw new IllegalArgumentException(
          "A sample needs a human summary and one rating for each machine summary, "
              + "but has %d, %d machine summaries and %d ratings."
                  .formatted(human.size(), machine.size(), ratings.size()));
    }
  }
}
