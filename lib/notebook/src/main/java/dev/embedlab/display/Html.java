package dev.embedlab.display;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A piece of HTML with the text that stands in for it where HTML is not shown.
 *
 * @param html shown as it is; use {@link #escape} on anything that comes from data
 * @param text its plain twin
 */
public record Html(String html, String text) {

  public Html {
    requireNonNull(html, "html");
    requireNonNull(text, "text");
  }

  /** MIME type to content, as a Jupyter kernel sends it. */
  public Map<String, Object> mimeBundle() {
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("text/html", html);
    bundle.put("text/plain", text);
    return bundle;
  }

  /** Text that a browser shows letter for letter. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
