package dev.embedlab.kernel.session;

/** Javadoc comments as readable text. */
final class Javadoc {
  private Javadoc() {}

  /** Drops HTML and inline tags, keeps paragraphs and block tags on lines of their own. */
  static String text(String comment) {
    if (comment == null) {
      return "";
    }
    return comment
            .replaceAll(
                "\\{@(?:code|literal|link|linkplain|value|systemProperty)\\s+([^{}]*)}", "$1")
            .replaceAll("\\{@(?:inheritDoc|docRoot)}", "")
            .replaceAll(
                "(?i)\\s*<(?:p|/p|br|pre|/pre|ul|/ul|li|dl|dt|dd|blockquote)(?:\\s[^>]*)?>\\s*",
                "\n")
            .replaceAll("<[/a-zA-Z][^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&nbsp;", " ")
            .replace("&amp;", "&")
            .replaceAll("(?m)^[ \\t]+", "")
            .replaceAll("\\n{3,}", "\n\n")
            .strip()
        + "\n";
  }
}
