package dev.embedlab.kernel.session;

/** Javadoc comments as readable text. */
final class Javadoc {
  private Javadoc() {}

  /**
   * Drops HTML and inline tags, puts paragraphs, list items and block tags on lines of their own.
   */
  static String text(String comment) {
    if (comment == null) {
      return "";
    }
    return comment
            .replaceAll(
                "\\{@(?:code|literal|link|linkplain|value|systemProperty)\\s+([^{}]*)}", "$1")
            .replaceAll("\\{@(?:inheritDoc|docRoot)}", "")
            .replaceAll("<sup>\\s*(\\w+)\\s*</sup>", "^$1")
            .replaceAll("(?i)\\s*<li>\\s*", "\n- ")
            .replaceAll(
                "(?i)\\s*<(?:p|/p|br|pre|/pre|ul|/ul|dl|dt|dd|blockquote)(?:\\s[^>]*)?>\\s*", "\n")
            .replaceAll("<[/a-zA-Z][^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&nbsp;", " ")
            .replace("&amp;", "&")
            .replaceAll("(?m)^[ \\t]+", "")
            .replaceAll("(?m)^@param\\s+(\\S+)\\s+", "  $1: ")
            .replaceAll("(?m)^@return\\s+", "Returns: ")
            .replaceAll("(?m)^@(?:throws|exception)\\s+(\\S+)\\s+", "Throws $1: ")
            .replaceAll("(?m)^@(since|see)\\s+", "$1 ")
            .replaceAll("\\n{3,}", "\n\n")
            .strip()
        + "\n";
  }
}
