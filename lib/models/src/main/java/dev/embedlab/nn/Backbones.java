package dev.embedlab.nn;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The architectures by the {@code model_type} of {@code config.json}. */
public final class Backbones {

  private static final Map<String, Function<ConfigFile, Backbone>> KNOWN =
      new TreeMap<>(
          Map.of(
              "bert",
              config -> new BertBackbone(config, false),
              "roberta",
              config -> new BertBackbone(config, true),
              "xlm-roberta",
              config -> new BertBackbone(config, true),
              "camembert",
              config -> new BertBackbone(config, true),
              "distilbert",
              DistilBertBackbone::new,
              "mpnet",
              MpnetBackbone::new,
              "modernbert",
              ModernBertBackbone::new,
              "qwen3",
              Qwen3Backbone::new));

  private Backbones() {}

  /**
   * @param config the checkpoint's {@code config.json}
   * @throws ConfigException if the architecture is not known or its numbers make no sense
   */
  public static Backbone of(ConfigFile config) {
    String type = config.requireString("model_type");
    Function<ConfigFile, Backbone> factory = KNOWN.get(type);
    if (factory == null) {
      throw new ConfigException(
          config.file(),
          "the model_type '%s' is not supported; the known ones are %s."
              .formatted(type, String.join(", ", KNOWN.keySet())));
    }
    return factory.apply(config);
  }
}
