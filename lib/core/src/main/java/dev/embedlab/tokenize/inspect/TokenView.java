package dev.embedlab.tokenize.inspect;

import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The pieces of a text in colour, numbers on hover. A notebook shows it as HTML, a console as text
 * with bars between pieces.
 */
public final class TokenView {

  // Light backgrounds told apart by colour-blind readers; unknown pieces are framed as well as red.
  private static final String[] COLORS = {"#cfe8fc", "#fde7c2", "#d4f0dc", "#eddcf3"};
  private static final String UNKNOWN = "#f8c9c4;outline:1px solid #c0392b";
  private static final String SPECIAL = "#e3e3e3";

  private final Encoding encoding;

  private TokenView(Encoding encoding) {
    this.encoding = encoding;
  }

  /** The pieces of a text without special tokens. */
  public static TokenView of(Tokenizer tokenizer, String text) {
    return of(tokenizer.encode(text, EncodingOptions.withoutSpecialTokens()));
  }

  public static TokenView of(Encoding encoding) {
    return new TokenView(encoding);
  }

  /** HTML and plain text by MIME type. */
  public Map<String, Object> mimeBundle() {
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("text/html", html());
    bundle.put("text/plain", toString());
    return bundle;
  }

  private String html() {
    StringBuilder html = new StringBuilder("<div style=\"line-height:2;color:#111\">");
    for (int i = 0; i < encoding.size(); i++) {
      html.append(
          "<span title=\"%s = %d\" style=\"background:%s;padding:2px 1px;margin:0 1px;white-space:pre-wrap\">%s</span>"
              .formatted(escaped(encoding.piece(i)), encoding.id(i), color(i), escaped(shown(i))));
    }
    return html.append(
            "</div><div style=\"color:#666;font-size:90%%\">%d pieces for %d characters</div>"
                .formatted(
                    encoding.size(), encoding.text().codePointCount(0, encoding.text().length())))
        .toString();
  }

  private String shown(int i) {
    String surface = encoding.surface(i);
    return surface.isBlank() || encoding.isSpecial(i) ? encoding.piece(i) : surface;
  }

  private String color(int i) {
    if (encoding.isSpecial(i)) {
      return SPECIAL;
    }
    return encoding.isUnknown(i) ? UNKNOWN : COLORS[i % COLORS.length];
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    StringJoiner pieces = new StringJoiner("|");
    for (int i = 0; i < encoding.size(); i++) {
      pieces.add(encoding.piece(i));
    }
    return "%s (%d pieces)".formatted(pieces, encoding.size());
  }
}
