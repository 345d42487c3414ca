package dev.embedlab.evaluate.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers for label names, in the order NumPy sorts them: by value if all are whole numbers, else
 * by code points.
 */
final class Labels {

  private final List<String> names;

  private Labels(List<String> names) {
    this.names = names;
  }

  static Labels of(Collection<String> all) {
    List<String> names = new ArrayList<>(all.stream().distinct().toList());
    boolean numbers = areNumbers(names);
    names.sort(
        numbers
            ? Comparator.comparingInt(Integer::parseInt)
            : (a, b) -> java.util.Arrays.compare(points(a), points(b)));
    return new Labels(List.copyOf(names));
  }

  private static int[] points(String text) {
    return text.codePoints().toArray();
  }

  int size() {
    return names.size();
  }

  /** The label counted as positive where there are two: scikit-learn's 1, else the last. */
  int positive() {
    int one = names.indexOf("1");
    return one >= 0 ? one : names.size() - 1;
  }

  /** Whether all labels are whole numbers. */
  static boolean areNumbers(Collection<String> labels) {
    return labels.stream().allMatch(name -> name.matches("-?[0-9]{1,9}"));
  }

  /** The number of a label, or -1 if it was not among those given. */
  int number(String label) {
    return names.indexOf(label);
  }

  int[] numbers(List<String> labels) {
    java.util.Map<String, Integer> byName = java.util.HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), i);
    }
    return labels.stream().mapToInt(label -> byName.getOrDefault(label, -1)).toArray();
  }
}
