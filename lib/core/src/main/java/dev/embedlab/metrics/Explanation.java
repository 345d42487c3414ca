package dev.embedlab.metrics;

import java.util.List;
import java.util.Locale;

/**
 * How a value came about: a sentence, the value, and the explained parts it is made of.
 *
 * @param value of this step
 * @param description what the step computes, in words
 * @param details the parts, in the order they enter the value
 */
public record Explanation(double value, String description, List<Explanation> details) {

  public Explanation {
    details = List.copyOf(details);
  }

  /** A step made of parts. */
  public static Explanation of(double value, String description, List<Explanation> details) {
    return new Explanation(value, description, details);
  }

  /** A step without parts. */
  public static Explanation leaf(double value, String format, Object... arguments) {
    return new Explanation(value, String.format(Locale.ROOT, format, arguments), List.of());
  }

  /** Sum of the values of the parts. */
  public double sumOfDetails() {
    return details.stream().mapToDouble(Explanation::value).sum();
  }

  /** The steps as an indented list, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    print(text, 0);
    return text.toString().stripTrailing();
  }

  private void print(StringBuilder text, int depth) {
    text.append("  ".repeat(depth))
        .append(String.format(Locale.ROOT, "%.5f", value))
        .append(" = ")
        .append(description)
        .append('\n');
    details.forEach(detail -> detail.print(text, depth + 1));
  }
}
