package dev.embedlab.tokenize.json;

import dev.embedlab.tokenize.Decoder;
import dev.embedlab.tokenize.split.BertPreTokenizer;
import dev.embedlab.tokenize.split.ByteLevel;
import dev.embedlab.tokenize.split.Digits;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.PreTokenizerSequence;
import dev.embedlab.tokenize.split.Punctuation;
import dev.embedlab.tokenize.split.Split;
import dev.embedlab.tokenize.split.SplitBehavior;
import dev.embedlab.tokenize.split.Whitespace;
import dev.embedlab.tokenize.split.WhitespaceSplit;
import dev.embedlab.tokenize.text.BertNormalizer;
import dev.embedlab.tokenize.text.ByteCharacters;
import dev.embedlab.tokenize.text.Lowercase;
import dev.embedlab.tokenize.text.Normalizer;
import dev.embedlab.tokenize.text.NormalizerSequence;
import dev.embedlab.tokenize.text.Precompiled;
import dev.embedlab.tokenize.text.Prepend;
import dev.embedlab.tokenize.text.Replace;
import dev.embedlab.tokenize.text.Strip;
import dev.embedlab.tokenize.text.StripAccents;
import dev.embedlab.tokenize.text.UnicodeForm;
import java.text.Normalizer.Form;
import java.util.Base64;
import java.util.Optional;

/** Reads normalizers, pre-tokenizers and decoders. */
final class PartReader {

  Normalizer normalizer(Field field) {
    return switch (field.type()) {
      case "BertNormalizer" ->
          new BertNormalizer(
              field.bool("clean_text", true),
              field.bool("handle_chinese_chars", true),
              field.has("strip_accents")
                  ? Optional.of(field.bool("strip_accents", false))
                  : Optional.empty(),
              field.bool("lowercase", true));
      case "NFC", "NFD", "NFKC", "NFKD" -> new UnicodeForm(Form.valueOf(field.type()));
      case "Lowercase" -> new Lowercase();
      case "StripAccents" -> new StripAccents();
      case "Strip" -> new Strip(field.bool("strip_left", true), field.bool("strip_right", true));
      case "Prepend" -> new Prepend(field.get("prepend").string());
      case "Replace" ->
          new Replace(Patterns.read(field.get("pattern")), field.get("content").string());
      case "ByteLevel" -> new ByteCharacters();
      case "Precompiled" -> precompiled(field.get("precompiled_charsmap"));
      case "Sequence" ->
          new NormalizerSequence(
              field.get("normalizers").items().stream().map(this::normalizer).toList());
      default -> throw field.get("type").unsupported("normalizer");
    };
  }

  private static Precompiled precompiled(Field map) {
    try {
      return new Precompiled(Base64.getDecoder().decode(map.string()));
    } catch (TokenizerFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TokenizerFormatException(
          "the field '%s' is damaged: %s".formatted(map.path(), e.getMessage()), e);
    }
  }

  PreTokenizer preTokenizer(Field field) {
    return switch (field.type()) {
      case "BertPreTokenizer" -> new BertPreTokenizer();
      case "Whitespace" -> new Whitespace();
      case "WhitespaceSplit" -> new WhitespaceSplit();
      case "Punctuation" ->
          new Punctuation(
              field.optional("behavior").map(Names::behavior).orElse(SplitBehavior.ISOLATED));
      case "Digits" -> new Digits(field.bool("individual_digits", false));
      case "ByteLevel" ->
          new ByteLevel(field.bool("add_prefix_space", true), field.bool("use_regex", true));
      case "Metaspace" -> metaspace(field);
      case "Split" ->
          new Split(
              Patterns.read(field.get("pattern")),
              Names.behavior(field.get("behavior")),
              field.bool("invert", false));
      case "Sequence" ->
          new PreTokenizerSequence(
              field.get("pretokenizers").items().stream().map(this::preTokenizer).toList());
      default -> throw field.get("type").unsupported("pre-tokenizer");
    };
  }

  private static Metaspace metaspace(Field field) {
    return new Metaspace(replacement(field), prependScheme(field), field.bool("split", true));
  }

  private static char replacement(Field field) {
    return field
        .optional("replacement")
        .map(Field::character)
        .orElse(Metaspace.LOWER_ONE_EIGHTH_BLOCK);
  }

  /** Older files say {@code add_prefix_space} instead. */
  private static Metaspace.PrependScheme prependScheme(Field field) {
    return field
        .optional("prepend_scheme")
        .map(Names::prependScheme)
        .orElse(
            field.bool("add_prefix_space", true)
                ? Metaspace.PrependScheme.ALWAYS
                : Metaspace.PrependScheme.NEVER);
  }

  Decoder decoder(Field field) {
    return switch (field.type()) {
      case "WordPiece" ->
          new Decoder.WordPiece(field.string("prefix", "##"), field.bool("cleanup", true));
      case "ByteLevel" -> new Decoder.ByteLevel();
      case "Metaspace" ->
          new Decoder.Metaspace(
              replacement(field), prependScheme(field) != Metaspace.PrependScheme.NEVER);
      case "BPEDecoder" -> new Decoder.EndOfWord(field.string("suffix", "</w>"));
      case "ByteFallback" -> new Decoder.ByteFallback();
      case "Fuse" -> new Decoder.Fuse();
      case "Replace" ->
          new Decoder.Replace(Patterns.read(field.get("pattern")), field.get("content").string());
      case "Strip" ->
          new Decoder.Strip(
              field.get("content").character(),
              field.integer("start", 0),
              field.integer("stop", 0));
      case "Sequence" ->
          new Decoder.Sequence(field.get("decoders").items().stream().map(this::decoder).toList());
      default -> throw field.get("type").unsupported("decoder");
    };
  }
}
