package dev.embedlab.tokenize;

import dev.embedlab.tokenize.text.ByteCharacters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns pieces back into text: each step rewrites the list of pieces, which is joined in the end.
 */
public sealed interface Decoder {

  /** Rewrites the pieces. */
  List<String> decode(List<String> pieces);

  /**
   * Joins pieces inside a word, sets blanks between words.
   *
   * @param prefix marks pieces inside a word
   * @param cleanup whether blanks before punctuation and English contractions are removed
   */
  record WordPiece(String prefix, boolean cleanup) implements Decoder {

    private static final String[][] CLEANUP = {
      {" .", "."},
      {" ?", "?"},
      {" !", "!"},
      {" ,", ","},
      {" ' ", "'"},
      {" n't", "n't"},
      {" 'm", "'m"},
      {" do not", " don't"},
      {" 's", "'s"},
      {" 've", "'ve"},
      {" 're", "'re"}
    };

    @Override
    public List<String> decode(List<String> pieces) {
      List<String> out = new ArrayList<>(pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        String piece = pieces.get(i);
        if (i > 0) {
          piece = piece.startsWith(prefix) ? piece.substring(prefix.length()) : " " + piece;
        }
        out.add(cleanup ? clean(piece) : piece);
      }
      return out;
    }

    private static String clean(String piece) {
      String cleaned = piece;
      for (String[] rule : CLEANUP) {
        cleaned = cleaned.replace(rule[0], rule[1]);
      }
      return cleaned;
    }
  }

  /** Reads byte characters as UTF-8. */
  record ByteLevel() implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      return List.of(ByteCharacters.decode(String.join("", pieces)));
    }
  }

  /**
   * Turns the visible blank of SentencePiece back into a blank.
   *
   * @param replacement the visible blank
   * @param dropFirst whether the one at the very start is dropped, because it was put there
   */
  record Metaspace(char replacement, boolean dropFirst) implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      List<String> out = new ArrayList<>(pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        String piece = pieces.get(i);
        boolean drop = i == 0 && dropFirst && !piece.isEmpty() && piece.charAt(0) == replacement;
        out.add((drop ? piece.substring(1) : piece).replace(replacement, ' '));
      }
      return out;
    }
  }

  /**
   * Turns the end-of-word suffix into a blank, except at the end.
   *
   * @param suffix for example {@code </w>}
   */
  record EndOfWord(String suffix) implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      List<String> out = new ArrayList<>(pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        out.add(pieces.get(i).replace(suffix, i == pieces.size() - 1 ? "" : " "));
      }
      return out;
    }
  }

  /**
   * Reads runs of {@code <0x41>} pieces as UTF-8; a run that is not UTF-8 becomes one U+FFFD a
   * byte.
   */
  record ByteFallback() implements Decoder {

    private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

    @Override
    public List<String> decode(List<String> pieces) {
      List<String> out = new ArrayList<>(pieces.size());
      ByteArrayOutputStream run = new ByteArrayOutputStream();
      for (String piece : pieces) {
        if (BYTE.matcher(piece).matches()) {
          run.write(Integer.parseInt(piece.substring(3, 5), 16));
        } else {
          flush(run, out);
          out.add(piece);
        }
      }
      flush(run, out);
      return out;
    }

    private static void flush(ByteArrayOutputStream run, List<String> out) {
      if (run.size() == 0) {
        return;
      }
      try {
        ByteBuffer bytes = ByteBuffer.wrap(run.toByteArray());
        out.add(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      } catch (CharacterCodingException e) {
        out.add("\uFFFD".repeat(run.size()));
      }
      run.reset();
    }
  }

  /** Joins all pieces into one, so that later steps see the whole text. */
  record Fuse() implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      return List.of(String.join("", pieces));
    }
  }

  /**
   * Replaces in every piece.
   *
   * @param pattern what is replaced
   * @param content what stands there instead, taken literally
   */
  record Replace(Pattern pattern, String content) implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      String literal = java.util.regex.Matcher.quoteReplacement(content);
      return pieces.stream().map(piece -> pattern.matcher(piece).replaceAll(literal)).toList();
    }
  }

  /**
   * Removes a character at the ends of every piece.
   *
   * @param content the character
   * @param start at most so many at the start
   * @param stop at most so many at the end
   */
  record Strip(char content, int start, int stop) implements Decoder {
    @Override
    public List<String> decode(List<String> pieces) {
      return pieces.stream().map(this::strip).toList();
    }

    private String strip(String piece) {
      int from = 0;
      while (from < piece.length() && from < start && piece.charAt(from) == content) {
        from++;
      }
      int to = piece.length();
      while (to > from && piece.length() - to < stop && piece.charAt(to - 1) == content) {
        to--;
      }
      return piece.substring(from, to);
    }
  }

  /**
   * Steps one after another.
   *
   * @param steps in the order they are applied
   */
  record Sequence(List<Decoder> steps) implements Decoder {

    public Sequence {
      steps = List.copyOf(steps);
    }

    @Override
    public List<String> decode(List<String> pieces) {
      List<String> current = pieces;
      for (Decoder step : steps) {
        current = step.decode(current);
      }
      return current;
    }
  }
}
