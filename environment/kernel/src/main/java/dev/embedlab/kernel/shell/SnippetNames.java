package dev.embedlab.kernel.shell;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a snippet, found without parsing it: those in texts and comments count too, so that
 * there may be too many but never too few.
 *
 * @param all every name, keywords included
 * @param declared those that the snippet may declare: what stands before them can end a type
 */
record SnippetNames(Set<String> all, Set<String> declared) {
  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//\\V*", Pattern.DOTALL);

  static SnippetNames of(String source) {
    Set<String> all = new HashSet<>();
    Set<String> declared = new HashSet<>();
    collect(source, all, declared);
    if (source.contains("\\u")) {
      collect(translated(source), all, declared);
    }
    if (source.contains("/*") || source.contains("//")) {
      collect(COMMENT.matcher(source).replaceAll(" "), all, declared);
    }
    return new SnippetNames(all, declared);
  }

  private static void collect(String text, Set<String> all, Set<String> declared) {
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      all.add(names.group());
      if (canFollowType(text, names.start())) {
        declared.add(names.group());
      }
    }
  }

  private static boolean canFollowType(String text, int start) {
    int before = start - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    return before >= 0
        && (Character.isJavaIdentifierPart(text.charAt(before))
            || ">],".indexOf(text.charAt(before)) >= 0);
  }

  /** Unicode escapes are as good as the characters they stand for, in names too. */
  private static String translated(String source) {
    return ESCAPE
        .matcher(source)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  /** True when the snippet is, or may be, an import: what it names has any length. */
  boolean isImport() {
    return all.contains("import");
  }
}
