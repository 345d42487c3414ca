package dev.embedlab.robust;

import dev.embedlab.data.TextPair;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A change of a text that keeps its meaning.
 *
 * @param name as tables show it
 * @param change of one text
 */
public record Perturbation(String name, UnaryOperator<String> change) {

  /**
   * Typing errors: in about one word of ten with four letters and more, two neighbouring letters
   * change places or one is left out or doubled.
   *
   * @param seed of the errors; the same text always gets the same ones
   */
  public static Perturbation typos(double share, long seed) {
    return new Perturbation("typos", text -> withTypos(text, share, seed));
  }

  public static Perturbation upperCase() {
    return new Perturbation("upper case", text -> text.toUpperCase(Locale.ROOT));
  }

  public static Perturbation lowerCase() {
    return new Perturbation("lower case", text -> text.toLowerCase(Locale.ROOT));
  }

  /** Double spaces between words and around the text. */
  public static Perturbation spacing() {
    return new Perturbation("spacing", text -> "  " + text.replace(" ", "  ") + " ");
  }

  /** All punctuation left out. */
  public static Perturbation noPunctuation() {
    return new Perturbation("no punctuation", text -> text.replaceAll("\\p{Punct}+", ""));
  }

  /** The same said in other words; texts without a paraphrase stay as they are. */
  public static Perturbation paraphrases(List<TextPair> pairs) {
    Map<String, String> byText =
        pairs.stream().collect(Collectors.toMap(TextPair::first, TextPair::second, (a, b) -> a));
    return new Perturbation("paraphrase", text -> byText.getOrDefault(text, text));
  }

  private static String withTypos(String text, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ text.hashCode());
    String[] words = text.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      if (words[i].length() >= 4 && random.nextDouble() < share) {
        words[i] = typo(words[i], random);
      }
    }
    return String.join(" ", words);
  }

  private static String typo(String word, SplittableRandom random) {
    int at = 1 + random.nextInt(word.length() - 2);
    if (Character.isSurrogate(word.charAt(at)) || Character.isSurrogate(word.charAt(at + 1))) {
      return word;
    }
    String before = word.substring(0, at);
    char c = word.charAt(at);
    char next = word.charAt(at + 1);
    return switch (random.nextInt(3)) {
      case 0 -> before + next + c + word.substring(at + 2);
      case 1 -> before + word.substring(at + 1);
      default -> before + c + word.substring(at);
    };
  }
}
