package dev.embedlab.tokenize.json;

import dev.embedlab.tokenize.split.Metaspace.PrependScheme;
import dev.embedlab.tokenize.split.SplitBehavior;
import java.util.Locale;

/** How the file writes enumerated values. */
final class Names {

  private Names() {}

  /** {@code MERGED_WITH_NEXT} is written {@code MergedWithNext}. */
  static String behavior(SplitBehavior behavior) {
    StringBuilder name = new StringBuilder();
    for (String part : behavior.name().split("_")) {
      name.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  static SplitBehavior behavior(Field field) {
    for (SplitBehavior behavior : SplitBehavior.values()) {
      if (behavior(behavior).equals(field.string())) {
        return behavior;
      }
    }
    throw field.wrong("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous");
  }

  static String of(PrependScheme scheme) {
    return scheme.name().toLowerCase(Locale.ROOT);
  }

  static PrependScheme prependScheme(Field field) {
    for (PrependScheme scheme : PrependScheme.values()) {
      if (of(scheme).equals(field.string())) {
        return scheme;
      }
    }
    throw field.wrong("always, first or never");
  }
}
