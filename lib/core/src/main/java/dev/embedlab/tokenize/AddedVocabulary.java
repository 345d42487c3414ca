package dev.embedlab.tokenize;

import dev.embedlab.tokenize.text.CharacterClasses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds added tokens in text: the leftmost match, the longest where several begin at one place. */
final class AddedVocabulary {

  private final Map<Character, List<Entry>> byFirst = new HashMap<>();

  record Entry(AddedToken token, String written, int id) {}

  /** Where a token was found, with the white space it swallows. */
  record Match(Entry entry, int start, int end) {}

  void add(Entry entry) {
    if (entry.written().isEmpty()) {
      return;
    }
    List<Entry> entries =
        byFirst.computeIfAbsent(entry.written().charAt(0), c -> new ArrayList<>());
    entries.add(entry);
    entries.sort(Comparator.comparingInt((Entry e) -> -e.written().length()));
  }

  boolean isEmpty() {
    return byFirst.isEmpty();
  }

  /** All matches from left to right, not overlapping. */
  List<Match> find(String text) {
    List<Match> matches = new ArrayList<>();
    int free = 0;
    for (int i = 0; i < text.length(); ) {
      Optional<Entry> found = longestAt(text, i);
      if (found.isEmpty()) {
        i++;
        continue;
      }
      int end = i + found.get().written().length();
      if (!found.get().token().singleWord() || standsAlone(text, i, end)) {
        Match match = withStrips(text, found.get(), i, end, free);
        matches.add(match);
        free = match.end();
        end = match.end();
      }
      i = end;
    }
    return matches;
  }

  private Optional<Entry> longestAt(String text, int at) {
    for (Entry entry : byFirst.getOrDefault(text.charAt(at), List.of())) {
      if (text.startsWith(entry.written(), at)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private static boolean standsAlone(String text, int start, int end) {
    boolean left = start == 0 || !CharacterClasses.isWordCharacter(text.codePointBefore(start));
    boolean right =
        end == text.length() || !CharacterClasses.isWordCharacter(text.codePointAt(end));
    return left && right;
  }

  private static Match withStrips(String text, Entry entry, int start, int end, int free) {
    int from = start;
    int to = end;
    while (entry.token().leftStrip()
        && from > free
        && CharacterClasses.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    while (entry.token().rightStrip()
        && to < text.length()
        && CharacterClasses.isWhitespace(text.charAt(to))) {
      to++;
    }
    return new Match(entry, from, to);
  }
}
