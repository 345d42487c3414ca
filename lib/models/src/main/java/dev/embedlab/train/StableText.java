package dev.embedlab.train;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Describes settings by text that is the same in every process. */
final class StableText {

  private StableText() {}

  /**
   * The settings of records, the values of enums, numbers and texts, and the class of anything
   * else; lambdas, whose class and hash differ from process to process, are all {@code lambda}.
   */
  static String of(Object value) {
    return switch (value) {
      case null -> "null";
      case Collection<?> all ->
          all.stream().map(StableText::of).collect(Collectors.joining(", ", "[", "]"));
      case Record fields ->
          Arrays.stream(fields.getClass().getRecordComponents())
              .map(component -> component.getName() + "=" + of(read(fields, component)))
              .collect(Collectors.joining(", ", fields.getClass().getSimpleName() + "[", "]"));
      case Enum<?> _, Number _, Boolean _, CharSequence _ -> value.toString();
      default -> value.getClass().isHidden() ? "lambda" : value.getClass().getName();
    };
  }

  private static Object read(Record fields, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(fields);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A record of a module that is closed to this one; its class has to do.
      return "?";
    }
  }
}
