package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place in a JSON tree that knows its path, so that a complaint can name it. */
record Field(JsonNode node, String path) {

  boolean isNull() {
    return node.isNull() || node.isMissingNode();
  }

  boolean has(String name) {
    return !get(name).isNull();
  }

  Field get(String name) {
    return new Field(node.path(name), path.isEmpty() ? name : path + "." + name);
  }

  /** The field, empty where it is absent or null. */
  Optional<Field> optional(String name) {
    Field field = get(name);
    return field.isNull() ? Optional.empty() : Optional.of(field);
  }

  String type() {
    return get("type").string();
  }

  String string() {
    if (!node.isTextual()) {
      throw wrong("a string");
    }
    return node.textValue();
  }

  String string(String name, String otherwise) {
    return optional(name).map(Field::string).orElse(otherwise);
  }

  boolean bool(String name, boolean otherwise) {
    Optional<Field> field = optional(name);
    if (field.isPresent() && !field.get().node.isBoolean()) {
      throw field.get().wrong("true or false");
    }
    return field.map(f -> f.node.booleanValue()).orElse(otherwise);
  }

  int integer() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw wrong("a whole number");
    }
    return node.intValue();
  }

  int integer(String name, int otherwise) {
    return optional(name).map(Field::integer).orElse(otherwise);
  }

  double number() {
    if (!node.isNumber()) {
      throw wrong("a number");
    }
    return asReferenceReads(node.decimalValue());
  }

  /**
   * The reference's JSON reader divides the digits by a power of ten, which can miss the nearest
   * double by one unit in the last place. Read exactly, paths of equal score would be told apart
   * differently.
   */
  private static double asReferenceReads(BigDecimal number) {
    boolean inReach =
        number.scale() > 0 && number.scale() <= 22 && number.unscaledValue().bitLength() < 64;
    return inReach
        ? number.unscaledValue().longValue() / Math.pow(10, number.scale())
        : number.doubleValue();
  }

  char character() {
    String text = string();
    if (text.length() != 1) {
      throw wrong("one character");
    }
    return text.charAt(0);
  }

  List<Field> items() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<Field> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(new Field(node.get(i), path + "[" + i + "]"));
    }
    return items;
  }

  Iterable<Map.Entry<String, JsonNode>> entries() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    return node.properties();
  }

  TokenizerFormatException wrong(String expected) {
    return new TokenizerFormatException(
        isNull()
            ? "the field '%s' is missing; it must be %s.".formatted(path, expected)
            : "the field '%s' is %s; it must be %s.".formatted(path, shortened(), expected));
  }

  TokenizerFormatException unsupported(String kind) {
    return new TokenizerFormatException(
        "the %s '%s' at '%s' is not supported here; NativeTokenizer in lib/models reads such files."
            .formatted(kind, string(), path),
        true);
  }

  private String shortened() {
    String text = node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "..." : text;
  }
}
