package dev.embedlab.tokenize.split;

import dev.embedlab.tokenize.text.NormalizedText;

/** Cuts text into words before a model splits words into pieces. */
public sealed interface PreTokenizer
    permits BertPreTokenizer,
        Whitespace,
        WhitespaceSplit,
        Punctuation,
        Digits,
        ByteLevel,
        Metaspace,
        Split,
        PreTokenizerSequence {

  /** Cuts every word further. */
  Splits split(Splits words);

  /** Cuts a whole text. */
  default Splits split(NormalizedText text) {
    return split(Splits.whole(text));
  }

  /** The words of a text, as strings. */
  default Iterable<String> words(String text) {
    return split(NormalizedText.of(text)).words();
  }
}
