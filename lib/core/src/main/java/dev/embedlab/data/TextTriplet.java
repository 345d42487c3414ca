package dev.embedlab.data;

import static java.util.Objects.requireNonNull;

/**
 * A text with one that belongs to it and one that does not.
 *
 * @param anchor text
 * @param positive belongs to it
 * @param negative does not
 */
public record TextTriplet(String anchor, String positive, String negative) {

  public TextTriplet {
    requireNonNull(anchor, "anchor");
    requireNonNull(positive, "positive");
    requireNonNull(negative, "negative");
  }
}
