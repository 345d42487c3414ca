package dev.embedlab.tokenize.text;

/** Rewrites text before it is cut into words; knows afterwards where each character came from. */
public sealed interface Normalizer
    permits BertNormalizer,
        UnicodeForm,
        Lowercase,
        StripAccents,
        Strip,
        Replace,
        Prepend,
        Precompiled,
        ByteCharacters,
        NormalizerSequence {

  /** The rewritten text, aligned to the same original. */
  NormalizedText normalize(NormalizedText text);

  /** The rewritten text without its alignment. */
  default String normalize(String text) {
    return normalize(NormalizedText.of(text)).toString();
  }
}
