package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.List;

/**
 * Frequencies of rotary position embedding, Su et al., RoFormer (2021), and how they are scaled for
 * texts longer than those of pretraining. Computed in 32 bits, operation by operation, as Hugging
 * Face transformers does, because angles of far positions depend on the rounding.
 *
 * @param theta base of the frequencies
 * @param factor how many times slower scaled frequencies turn
 * @param magnitude that cosines and sines are multiplied by
 * @param ramp between which dimensions scaling sets in
 */
public record Rotary(double theta, double factor, double magnitude, Ramp ramp) {

  private static final String LINEAR = "linear";
  private static final String YARN = "yarn";
  private static final List<String> KINDS = List.of("default", LINEAR, "dynamic", YARN);

  /** Frequencies before {@code low} stay as they are, those after {@code high} are scaled. */
  public record Ramp(double low, double high) {

    /** Scales all frequencies. */
    static final Ramp NONE = new Ramp(-1, -1);

    float share(int i) {
      double width = high == low ? 0.001 : high - low;
      return Math.clamp((float) ((float) (i - low) / width), 0f, 1f);
    }
  }

  /** Without scaling. */
  static Rotary plain(double theta) {
    return new Rotary(theta, 1, 1, Ramp.NONE);
  }

  /**
   * Reads the settings of {@code rope_parameters} or {@code rope_scaling}. Dynamic scaling begins
   * beyond the model's positions, which texts never reach here, so it changes nothing.
   *
   * @param theta base if the settings name none
   * @param positions of the model, those of pretraining if the settings say nothing else
   */
  static Rotary of(ConfigFile settings, double theta, int headDim, int positions) {
    String kind = settings.string("rope_type").or(() -> settings.string("type")).orElse("default");
    double base = positive(settings, "rope_theta", theta);
    return switch (kind) {
      case "default", "dynamic" -> plain(base);
      case LINEAR -> new Rotary(base, required(settings), 1, Ramp.NONE);
      case YARN -> yarn(settings, base, headDim, positions);
      default ->
          throw new ConfigException(
              settings.file(),
              "the rotary embedding type '%s' is not supported; there are %s."
                  .formatted(kind, KINDS));
    };
  }

  /** Peng et al., YaRN: Efficient Context Window Extension of Large Language Models (2023). */
  private static Rotary yarn(ConfigFile settings, double base, int headDim, int positions) {
    double original = positive(settings, "original_max_position_embeddings", positions);
    double factor = positive(settings, "factor", positions / original);
    double fast = dimension(positive(settings, "beta_fast", 32), base, headDim, original);
    double slow = dimension(positive(settings, "beta_slow", 1), base, headDim, original);
    boolean whole = settings.bool("truncate", true);
    double low = Math.max(whole ? Math.floor(fast) : fast, 0);
    double high = Math.min(whole ? Math.ceil(slow) : slow, headDim - 1);
    return new Rotary(base, factor, magnitude(settings, factor), new Ramp(low, high));
  }

  /** The dimension whose frequency makes so many turns over the texts of pretraining. */
  private static double dimension(double turns, double base, int headDim, double original) {
    return headDim * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
  }

  private static double magnitude(ConfigFile settings, double factor) {
    if (settings.has("attention_factor")) {
      return positive(settings, "attention_factor", 1);
    }
    double some = settings.number("mscale", 0);
    double all = settings.number("mscale_all_dim", 0);
    return some != 0 && all != 0
        ? magnitude(factor, some) / magnitude(factor, all)
        : magnitude(factor, 1);
  }

  private static double magnitude(double factor, double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  private static double required(ConfigFile settings) {
    if (!settings.has("factor")) {
      throw new ConfigException(settings.file(), "scaled rotary embedding needs a 'factor'.");
    }
    return positive(settings, "factor", 1);
  }

  private static double positive(ConfigFile settings, String field, double fallback) {
    double value = settings.has(field) ? settings.number(field, fallback) : fallback;
    if (!(value > 0 && value < 1e12)) {
      throw new ConfigException(
          settings.file(), "'%s' must be positive, but is %s.".formatted(field, value));
    }
    return value;
  }

  /**
   * Angle that a position adds.
   *
   * @return {@code [headDim / 2]}
   */
  public float[] frequencies(int headDim) {
    float[] frequencies = new float[headDim / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float turn = (float) Math.pow(theta, (float) (2 * i) / headDim);
      float plain = 1f / turn;
      float scaled = ramp == Ramp.NONE ? plain / (float) factor : 1f / ((float) factor * turn);
      float kept = ramp == Ramp.NONE ? 0 : 1 - ramp.share(i);
      frequencies[i] = scaled * (1 - kept) + plain * kept;
    }
    return frequencies;
  }
}
