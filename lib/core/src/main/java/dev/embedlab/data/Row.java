package dev.embedlab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a file: field names to values as JSON knows them (String, Number, Boolean, List, Map).
 * The typed getters name file, line and field when a value is not what is asked for.
 *
 * @param file name of the file
 * @param line it starts on, counted from 1
 * @param fields in the order of the file
 */
public record Row(String file, long line, Map<String, Object> fields) {

  public boolean has(String field) {
    return fields.get(field) != null;
  }

  /** The first of these fields that the row has, or the first named if it has none. */
  public String firstOf(String... names) {
    for (String name : names) {
      if (has(name)) {
        return name;
      }
    }
    return names[0];
  }

  /** A text; numbers and booleans are taken as written. */
  public String text(String field) {
    Object value = required(field);
    if (value instanceof List || value instanceof Map) {
      throw bad(field, "should be a text, but is " + kind(value));
    }
    return value.toString();
  }

  /** A text, or an empty one if the field is missing. */
  public String textOrEmpty(String field) {
    return has(field) ? text(field) : "";
  }

  /** An id: a text or a whole number, not empty. */
  public String id(String field) {
    String id = text(field);
    if (id.isEmpty()) {
      throw bad(field, "is empty; every row needs an id");
    }
    return id;
  }

  /** A finite number, or a text that spells one; true is 1 and false is 0. */
  public double number(String field) {
    Object value = required(field);
    double number;
    if (value instanceof Number n) {
      number = n.doubleValue();
    } else if (value instanceof Boolean b) {
      number = b ? 1 : 0;
    } else if (value instanceof String s) {
      number = parse(field, s);
    } else {
      throw bad(field, "should be a number, but is " + kind(value));
    }
    if (!Double.isFinite(number)) {
      throw bad(field, "should be a finite number, but is '" + value + "'");
    }
    return number;
  }

  private double parse(String field, String text) {
    try {
      // Double.parseDouble also takes "1d" and "0x1p3", which no data file means.
      char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
      if (Character.isDigit(last) || last == '.') {
        return Double.parseDouble(text.strip());
      }
    } catch (NumberFormatException e) {
      // falls through to the message below
    }
    throw bad(field, "should be a number, but is '" + shorten(text) + "'");
  }

  /** A whole number that fits an int. */
  public int integer(String field) {
    double number = number(field);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw bad(
          field, "should be a whole number, but is '" + shorten("" + fields.get(field)) + "'");
    }
    return (int) number;
  }

  /** A list of texts. */
  public List<String> texts(String field) {
    if (!(required(field) instanceof List<?> list)) {
      throw bad(field, "should be a list of texts, but is " + kind(fields.get(field)));
    }
    for (Object item : list) {
      if (item == null || item instanceof List || item instanceof Map) {
        throw bad(field, "should be a list of texts, but holds " + kind(item));
      }
    }
    return list.stream().map(Object::toString).toList();
  }

  /** A list of finite numbers. */
  public List<Double> numbers(String field) {
    if (!(required(field) instanceof List<?> list)) {
      throw bad(field, "should be a list of numbers, but is " + kind(fields.get(field)));
    }
    List<Double> numbers = new ArrayList<>();
    for (Object item : list) {
      if (item == null) {
        throw bad(field, "should be a list of numbers, but holds null");
      }
      numbers.add(new Row(file, line, Map.of(field, item)).number(field));
    }
    return List.copyOf(numbers);
  }

  private Object required(String field) {
    return Optional.ofNullable(fields.get(field))
        .orElseThrow(
            () ->
                bad(
                    field,
                    fields.containsKey(field)
                        ? "is null; give it a value"
                        : "is missing; this row has " + fields.keySet()));
  }

  /** An error about a field of this row. */
  public BadRowException bad(String field, String problem) {
    return new BadRowException(file, line, field, problem);
  }

  private static String kind(Object value) {
    return switch (value) {
      case null -> "null";
      case List<?> list -> "a list";
      case Map<?, ?> map -> "an object";
      case Boolean b -> "a boolean";
      default -> "'" + shorten(value.toString()) + "'";
    };
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
