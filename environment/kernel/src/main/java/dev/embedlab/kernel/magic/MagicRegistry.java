package dev.embedlab.kernel.magic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The magics of a session by name. */
public final class MagicRegistry {
  private final Map<String, Magic> magics = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public void add(Magic magic) {
    magics.put(magic.name(), magic);
  }

  /** A second name of a magic. */
  public void alias(String alias, String name) {
    magics.put(alias, magics.get(name));
  }

  public Collection<Magic> all() {
    return magics.values().stream().distinct().toList();
  }

  public Collection<String> names() {
    return magics.keySet();
  }

  /**
   * Finds a magic.
   *
   * @throws MagicException naming the nearest known magics
   */
  public Magic find(String name, boolean cell) {
    Magic magic = magics.get(name);
    String written = (cell ? "%%" : "%") + name;
    if (magic == null) {
      throw new MagicException(
          "There is no magic "
              + written
              + ". Did you mean "
              + nearest(name)
              + "? %lsmagic lists all.");
    }
    if (cell && magic.kind() == Magic.Kind.LINE) {
      throw new MagicException(written + " is a line magic: write " + magic.usage());
    }
    if (!cell && magic.kind() == Magic.Kind.CELL) {
      throw new MagicException(
          written + " is a cell magic: write " + magic.usage() + " as the first line of a cell.");
    }
    return magic;
  }

  private String nearest(String name) {
    return magics.keySet().stream()
        .sorted(Comparator.comparingInt(known -> distance(known.toLowerCase(), name.toLowerCase())))
        .limit(2)
        .map(known -> (magics.get(known).kind() == Magic.Kind.CELL ? "%%" : "%") + known)
        .collect(Collectors.joining(" or "));
  }

  /** Levenshtein distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = List.of(replaced, row[j] + 1, row[j - 1] + 1).stream().min(Integer::compare).get();
      }
    }
    return row[b.length()];
  }
}
