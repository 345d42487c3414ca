package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.config.ConfigFile;
import dev.embedlab.nn.Activation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The function between logits and scores, which three generations of files name in three places.
 */
final class CrossEncoderActivation {

  private CrossEncoderActivation() {}

  /** By default the logistic function for one label, none for several. */
  static Activation of(Checkpoint checkpoint) {
    try {
      ConfigFile sentence =
          ConfigFile.readIfPresent(
              checkpoint.folder().resolve("config_sentence_transformers.json"));
      ConfigFile config = ConfigFile.readIfPresent(checkpoint.folder().resolve("config.json"));
      Optional<Activation> named =
          named(sentence, "activation_fn")
              .or(
                  () ->
                      config
                          .object("sentence_transformers")
                          .flatMap(inner -> named(inner, "activation_fn")))
              .or(() -> named(config, "sbert_ce_default_activation_function"));
      int labels = checkpoint.network().head().orElseThrow().labels();
      return named.orElse(labels == 1 ? Activation.SIGMOID : Activation.IDENTITY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A function from elsewhere than PyTorch is code that Python does not run either. */
  private static Optional<Activation> named(ConfigFile file, String field) {
    Optional<String> name = file.string(field);
    return name.filter(n -> n.startsWith("torch."))
        .map(
            n ->
                Activation.named(n)
                    .orElseThrow(
                        () ->
                            new ConfigException(
                                file.file(),
                                "'%s' is the unknown function '%s'; name another that PyTorch has, or none."
                                    .formatted(field, n))));
  }
}
