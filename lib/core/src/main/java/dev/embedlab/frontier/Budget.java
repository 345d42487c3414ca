package dev.embedlab.frontier;

import java.util.Locale;

/**
 * What a setting may take.
 *
 * @param bytesPerVector at most; infinite for no limit
 * @param p95 milliseconds that one query in twenty may exceed; infinite for no limit
 */
public record Budget(double bytesPerVector, double p95) {

  /** No limit. */
  public static final Budget NONE = new Budget(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Budget {
    if (!(bytesPerVector > 0) || !(p95 > 0)) {
      throw new IllegalArgumentException(
          "A budget must be above 0, but is %s bytes and %s ms.".formatted(bytesPerVector, p95));
    }
  }

  /** So many bytes for a vector, whatever the time. */
  public static Budget bytes(double bytesPerVector) {
    return new Budget(bytesPerVector, Double.POSITIVE_INFINITY);
  }

  /** So many milliseconds at the 95th percentile, whatever the bytes. */
  public static Budget milliseconds(double p95) {
    return new Budget(Double.POSITIVE_INFINITY, p95);
  }

  boolean allows(Point point) {
    return point.bytesPerVector() <= bytesPerVector && point.latency().p95() <= p95;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.0f bytes a vector and %.2f ms", bytesPerVector, p95);
  }
}
