package dev.embedlab.tokenize;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the pieces of a text into parts of the length asked for, and puts special tokens around
 * each.
 */
record Assembly(
    String text,
    String pair,
    boolean isPair,
    EncodingOptions options,
    PostProcessor postProcessor,
    Tokenizer tokenizer) {

  private record Window(int from, int to) {}

  Encoding assemble(Pieces first, Pieces second) {
    Window rooms = rooms(first.size(), second.size());
    List<Window> firstParts = windows(first.size(), rooms.from);
    List<Window> secondParts = windows(second.size(), rooms.to);
    List<Encoding> overflow = new ArrayList<>();
    // Every part of one text with every part of the other, in the order of the reference.
    for (Window part : firstParts.subList(1, firstParts.size())) {
      for (Window other : secondParts) {
        overflow.add(encoding(first, part, second, other, List.of()));
      }
    }
    for (Window other : secondParts.subList(1, secondParts.size())) {
      overflow.add(encoding(first, firstParts.getFirst(), second, other, List.of()));
    }
    return encoding(first, firstParts.getFirst(), second, secondParts.getFirst(), overflow);
  }

  /** How many pieces of each text fit, as {@code Window(first, second)}. */
  private Window rooms(int first, int second) {
    int room = room();
    if (!isPair || (long) first + second <= room) {
      return new Window(isPair ? first : room, second);
    }
    return switch (options.truncation()) {
      case ONLY_FIRST -> new Window(left(room, second, first, "first"), second);
      case ONLY_SECOND -> new Window(first, left(room, first, second, "second"));
      case LONGEST_FIRST -> {
        int shorter = Math.min(Math.min(first, second), room / 2);
        yield first <= second
            ? new Window(shorter, room - shorter)
            : new Window(room - shorter, shorter);
      }
    };
  }

  private int left(int room, int kept, int cut, String name) {
    if (room - kept <= options.stride() && cut > 0) {
      throw new IllegalArgumentException(
          "maxLength %d leaves %d pieces for the %s text beside the other's %d, not more than the stride %d; raise it or cut the longer text."
              .formatted(
                  options.maxLength(), Math.max(0, room - kept), name, kept, options.stride()));
    }
    return Math.max(0, room - kept);
  }

  private int room() {
    if (options.maxLength() == 0) {
      return Integer.MAX_VALUE;
    }
    int added = options.specialTokens() ? postProcessor.added(isPair) : 0;
    int room = options.maxLength() - added;
    if (room <= options.stride()) {
      throw new IllegalArgumentException(
          "maxLength %d leaves %d pieces beside %d special tokens, not more than the stride %d; raise it."
              .formatted(options.maxLength(), room, added, options.stride()));
    }
    return room;
  }

  private List<Window> windows(int size, int room) {
    List<Window> windows = new ArrayList<>();
    int from = 0;
    while (size - from > room) {
      windows.add(new Window(from, from + room));
      from += Math.max(1, room - options.stride());
    }
    windows.add(new Window(from, size));
    return windows;
  }

  private Encoding encoding(
      Pieces first, Window window, Pieces second, Window other, List<Encoding> overflow) {
    Pieces out = new Pieces(window.to - window.from + other.to - other.from + 4);
    for (PostProcessor.Part part : isPair ? postProcessor.pair() : postProcessor.single()) {
      switch (part) {
        case PostProcessor.Special special -> {
          if (options.specialTokens()) {
            out.addSpecial(special.id(), special.typeId());
          }
        }
        case PostProcessor.Sequence(int sequence, int type) -> {
          int from = out.size();
          if (sequence == 0) {
            out.addAll(first, window.from, window.to, 0, type);
          } else {
            out.addAll(second, other.from, other.to, 1, type);
          }
          trim(out, from);
        }
      }
    }
    return new Encoding(text, pair, out, tokenizer, overflow);
  }

  /** Takes blanks out of the offsets of the pieces from {@code from} on, which are one part. */
  private void trim(Pieces pieces, int from) {
    if (!postProcessor.trimOffsets()) {
      return;
    }
    for (int i = from; i < pieces.size(); i++) {
      trimOne(pieces, i, i == from);
    }
  }

  private void trimOne(Pieces pieces, int i, boolean isFirst) {
    String piece = tokenizer.piece(pieces.id(i));
    int leading = 0;
    while (leading < piece.length() && isBlank(piece.charAt(leading))) {
      leading++;
    }
    int trailing = 0;
    while (trailing < piece.length() && isBlank(piece.charAt(piece.length() - 1 - trailing))) {
      trailing++;
    }
    int start = pieces.start(i);
    int end = pieces.end(i);
    // A single blank in front was added, more than one were there.
    boolean wasAdded = postProcessor.keepPrefixSpace() && leading == 1 && (isFirst || start == 0);
    if (leading > 0 && !wasAdded) {
      start = Math.min(start + leading, end);
    }
    if (trailing > 0 && end >= trailing) {
      end = Math.max(end - trailing, start);
    }
    pieces.setOffsets(i, start, end);
  }

  private static boolean isBlank(char c) {
    return c == '\u0120' || Character.isWhitespace(c);
  }
}
