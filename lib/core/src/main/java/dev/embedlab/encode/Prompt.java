package dev.embedlab.encode;

import static java.util.Objects.requireNonNull;

/** Text put in front of every input; retrieval models often want another one for queries. */
public sealed interface Prompt {

  /** The model's own default prompt for the {@link Role}, if it names one. */
  record ModelDefault() implements Prompt {}

  /** No prompt, even if the model has a default. */
  record None() implements Prompt {}

  /** A prompt that the checkpoint's configuration lists under this name. */
  record Named(String name) implements Prompt {
    public Named {
      requireNonNull(name, "name");
    }
  }

  /** This very text. */
  record Text(String text) implements Prompt {
    public Text {
      requireNonNull(text, "text");
    }
  }
}
