package dev.embedlab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How weights whose name a pattern finds are trained; the first rule that matches counts.
 *
 * @param name found anywhere in the name of a weight
 * @param learningRateFactor on the learning rate; 0 freezes
 * @param weightDecay of these weights, 0 for none
 */
public record WeightRule(Pattern name, double learningRateFactor, double weightDecay) {

  private static final Pattern LAYER = Pattern.compile("layers?\\.(\\d+)\\.");

  public WeightRule {
    require("learning rate factor", learningRateFactor, name);
    require("weight decay", weightDecay, name);
  }

  private static void require(String what, double value, Pattern name) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "The %s of rule '%s' must be finite and at least 0, but is %s."
              .formatted(what, name, value));
    }
  }

  /** Weights that stay as they are. */
  public static WeightRule freeze(String name) {
    return new WeightRule(Pattern.compile(name), 0, 0);
  }

  public static WeightRule learningRate(String name, double factor) {
    return new WeightRule(Pattern.compile(name), factor, 0);
  }

  /**
   * The usual decay: everything but biases and the gains of normalization layers.
   *
   * @param decay usually 0.01
   */
  public static List<WeightRule> decay(double decay) {
    return List.of(
        new WeightRule(Pattern.compile("bias$|[nN]orm"), 1, 0),
        new WeightRule(Pattern.compile(""), 1, decay));
  }

  /**
   * Lower layers learn more slowly: the top layer at the full rate, each one below at {@code
   * factor} times the rate of the one above, embeddings the slowest.
   *
   * @param names of all weights of the model
   * @param factor 0 to 1, usually 0.9
   */
  public static List<WeightRule> layerwise(Iterable<String> names, double factor) {
    int top = -1;
    for (String name : names) {
      Matcher matcher = LAYER.matcher(name);
      top = matcher.find() ? Math.max(top, Integer.parseInt(matcher.group(1))) : top;
    }
    List<WeightRule> rules = new ArrayList<>();
    for (int layer = 0; layer <= top; layer++) {
      rules.add(learningRate("layers?\\." + layer + "\\.", Math.pow(factor, top - layer)));
    }
    WeightRule embeddings = learningRate("embeddings", Math.pow(factor, top + 1));
    for (String name : names) {
      if (embeddings.name().matcher(name).find()) {
        rules.add(embeddings);
        break;
      }
    }
    return rules;
  }

  /** The rule for a weight, or the one that trains at the full rate without decay. */
  static WeightRule find(List<WeightRule> rules, String weight) {
    return rules.stream()
        .filter(rule -> rule.name().matcher(weight).find())
        .findFirst()
        .orElse(new WeightRule(Pattern.compile(""), 1, 0));
  }

  /** What weights must have in common to share a group of the optimizer. */
  Map.Entry<Double, Double> settings() {
    return Map.entry(learningRateFactor, weightDecay);
  }
}
