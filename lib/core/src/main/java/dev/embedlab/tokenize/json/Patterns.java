package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns are written as {@code {"String": literal}} or {@code {"Regex": expression}}. */
final class Patterns {

  private Patterns() {}

  static JsonNode toJson(Pattern pattern) {
    boolean literal = (pattern.flags() & Pattern.LITERAL) != 0;
    return JsonNodeFactory.instance
        .objectNode()
        .put(literal ? "String" : "Regex", pattern.pattern());
  }

  static Pattern read(Field field) {
    if (field.has("String")) {
      return Pattern.compile(field.get("String").string(), Pattern.LITERAL);
    }
    Field regex = field.get("Regex");
    try {
      // White space, digits and word characters mean their Unicode classes in the reference's
      // engine.
      return Pattern.compile(regex.string(), Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      throw new TokenizerFormatException(
          "the pattern at '%s' is not understood by java.util.regex: %s."
              .formatted(regex.path(), e.getDescription()),
          e);
    }
  }
}
