package dev.embedlab.cli;

import dev.embedlab.tokenize.split.BertPreTokenizer;
import dev.embedlab.tokenize.split.ByteLevel;
import dev.embedlab.tokenize.split.Digits;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.PreTokenizerSequence;
import dev.embedlab.tokenize.split.Punctuation;
import dev.embedlab.tokenize.split.SplitBehavior;
import dev.embedlab.tokenize.split.Whitespace;
import dev.embedlab.tokenize.split.WhitespaceSplit;
import dev.embedlab.tokenize.text.BertNormalizer;
import dev.embedlab.tokenize.text.Lowercase;
import dev.embedlab.tokenize.text.Normalizer;
import dev.embedlab.tokenize.text.NormalizerSequence;
import dev.embedlab.tokenize.text.Strip;
import dev.embedlab.tokenize.text.StripAccents;
import dev.embedlab.tokenize.text.UnicodeForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Normalizers and pre-tokenizers by the names the command line knows. */
final class TokenizerParts {

  private static final String NONE = "none";
  private static final Map<String, Normalizer> NORMALIZERS = normalizers();
  private static final Map<String, PreTokenizer> PRE_TOKENIZERS = preTokenizers();

  private TokenizerParts() {}

  private static Map<String, Normalizer> normalizers() {
    Map<String, Normalizer> parts = new LinkedHashMap<>();
    parts.put("bert", BertNormalizer.uncased());
    parts.put("bert-cased", BertNormalizer.cased());
    for (java.text.Normalizer.Form form : java.text.Normalizer.Form.values()) {
      parts.put(form.name().toLowerCase(java.util.Locale.ROOT), new UnicodeForm(form));
    }
    parts.put("lowercase", new Lowercase());
    parts.put("strip-accents", new StripAccents());
    parts.put("strip", new Strip(true, true));
    return parts;
  }

  private static Map<String, PreTokenizer> preTokenizers() {
    Map<String, PreTokenizer> parts = new LinkedHashMap<>();
    parts.put("bert", new BertPreTokenizer());
    parts.put("byte-level", new ByteLevel(false, true));
    parts.put("byte-level-prefix", new ByteLevel(true, true));
    parts.put("metaspace", Metaspace.standard());
    parts.put("whitespace", new Whitespace());
    parts.put("whitespace-split", new WhitespaceSplit());
    parts.put("punctuation", new Punctuation(SplitBehavior.ISOLATED));
    parts.put("digits", new Digits(false));
    parts.put("individual-digits", new Digits(true));
    return parts;
  }

  /** One after another; {@code none} alone for no normalizer. */
  static Optional<Normalizer> normalizer(List<String> names) {
    List<Normalizer> parts = named(names, NORMALIZERS, "normalizer");
    return parts.size() > 1
        ? Optional.of(new NormalizerSequence(parts))
        : parts.stream().findFirst();
  }

  /** One after another; {@code none} alone for no pre-tokenizer. */
  static Optional<PreTokenizer> preTokenizer(List<String> names) {
    List<PreTokenizer> parts = named(names, PRE_TOKENIZERS, "pre-tokenizer");
    return parts.size() > 1
        ? Optional.of(new PreTokenizerSequence(parts))
        : parts.stream().findFirst();
  }

  private static <T> List<T> named(List<String> names, Map<String, T> parts, String kind) {
    if (names.equals(List.of(NONE))) {
      return List.of();
    }
    return names.stream().map(name -> part(name, parts, kind)).toList();
  }

  private static <T> T part(String name, Map<String, T> parts, String kind) {
    T part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "There is no %s '%s'; those there are: %s, or %s alone."
              .formatted(kind, name, String.join(", ", parts.keySet()), NONE));
    }
    return part;
  }
}
