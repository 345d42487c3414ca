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
    trim(first);
    trim(second);
    int room = room();
    // Of a pair, the longer text gives way, piece by piece, as the reference's default does.
    int firstRoom = first.size();
    int secondRoom = second.size();
    if (isPair && firstRoom + secondRoom > room) {
      int half = room / 2;
      int shorter = Math.min(Math.min(firstRoom, secondRoom), half);
      firstRoom = firstRoom <= secondRoom ? shorter : room - shorter;
      secondRoom = room - firstRoom;
    }
    List<Window> windows = windows(first.size(), isPair ? firstRoom : room);
    List<Encoding> overflow = new ArrayList<>();
    for (Window window : windows.subList(1, windows.size())) {
      overflow.add(encoding(first, window, second, secondRoom, List.of()));
    }
    return encoding(first, windows.getFirst(), second, secondRoom, overflow);
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
      Pieces first, Window window, Pieces second, int secondTo, List<Encoding> overflow) {
    Pieces out = new Pieces(window.to - window.from + (isPair ? secondTo : 0) + 4);
    for (PostProcessor.Part part : isPair ? postProcessor.pair() : postProcessor.single()) {
      switch (part) {
        case PostProcessor.Special special -> {
          if (options.specialTokens()) {
            out.addSpecial(special.id(), special.typeId());
          }
        }
        case PostProcessor.Sequence(int sequence, int type) -> {
          if (sequence == 0) {
            out.addAll(first, window.from, window.to, 0, type);
          } else {
            out.addAll(second, 0, secondTo, 1, type);
          }
        }
      }
    }
    return new Encoding(text, pair, out, tokenizer, overflow);
  }

  private void trim(Pieces pieces) {
    if (!postProcessor.trimOffsets()) {
      return;
    }
    for (int i = 0; i < pieces.size(); i++) {
      trimOne(pieces, i);
    }
  }

  private void trimOne(Pieces pieces, int i) {
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
    boolean keeps = postProcessor.keepPrefixSpace() && (i == 0 || start == 0);
    if (leading > 0 && !keeps) {
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
