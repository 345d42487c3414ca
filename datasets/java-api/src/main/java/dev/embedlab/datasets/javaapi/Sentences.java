package dev.embedlab.datasets.javaapi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which first sentences make a question, and when two of them are the same question. */
final class Sentences {

  private static final int MIN_WORDS = 4;
  private static final int MAX_WORDS = 60;

  /** Says nothing about what the member does. */
  private static final Pattern TRIVIAL =
      Pattern.compile(
          "^(default|no.?arg\\w*|empty|private|public|protected|copy|full|simple|build a|"
              + "(an? )?(main |basic )?constructor|(creates?|constructs?|builds?) (a |an |the |one )?"
              + "(new |default |empty )?(instance|object)( of this class)?\\W*$|todo|deprecated|"
              + "see |same as|equivalent to|as |returns? (a |the )?string representation).*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Sentences() {}

  static boolean isQuestion(String sentence) {
    int words = normalise(sentence).split(" ").length;
    return words >= MIN_WORDS && words <= MAX_WORDS && !TRIVIAL.matcher(sentence).matches();
  }

  /** Two sentences with equal keys are one query. */
  static String normalise(String sentence) {
    return NOT_ALPHANUMERIC.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  static Set<String> words(String normalised) {
    return new TreeSet<>(Arrays.asList(normalised.split(" ")));
  }

  /** Jaccard similarity of two sets of words, 0 to 1. */
  static double overlap(Set<String> a, Set<String> b) {
    Set<String> small = a.size() <= b.size() ? a : b;
    Set<String> large = small == a ? b : a;
    long shared = small.stream().filter(large::contains).count();
    return (double) shared / (a.size() + b.size() - shared);
  }
}
