package dev.embedlab.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** How token vectors become one vector; in the order in which several are concatenated. */
public enum PoolingMode {
  /** The first token. */
  CLS("cls", "pooling_mode_cls_token"),
  /** The largest value of each dimension. */
  MAX("max", "pooling_mode_max_tokens"),
  /** The mean over tokens. */
  MEAN("mean", "pooling_mode_mean_tokens"),
  /** The sum divided by the square root of the number of tokens. */
  MEAN_SQRT_LENGTH("mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens"),
  /** The mean with weights 1, 2, 3, ..., for decoders. */
  WEIGHTED_MEAN("weightedmean", "pooling_mode_weightedmean_tokens"),
  /** The last token, for decoders. */
  LAST_TOKEN("lasttoken", "pooling_mode_lasttoken");

  private final String label;
  private final String flag;

  PoolingMode(String label, String flag) {
    this.label = label;
    this.flag = flag;
  }

  /** Name in newer configuration files. */
  public String label() {
    return label;
  }

  /** Name of the boolean in older configuration files. */
  public String flag() {
    return flag;
  }

  static Optional<PoolingMode> labelled(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst();
  }
}
