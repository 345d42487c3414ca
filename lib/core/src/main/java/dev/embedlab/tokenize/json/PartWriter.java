package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.tokenize.Decoder;
import dev.embedlab.tokenize.split.BertPreTokenizer;
import dev.embedlab.tokenize.split.ByteLevel;
import dev.embedlab.tokenize.split.Digits;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.PreTokenizerSequence;
import dev.embedlab.tokenize.split.Punctuation;
import dev.embedlab.tokenize.split.Split;
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
import java.util.Base64;

/** Writes normalizers, pre-tokenizers and decoders. */
final class PartWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  ObjectNode normalizer(Normalizer normalizer) {
    return switch (normalizer) {
      case BertNormalizer bert ->
          typed("BertNormalizer")
              .put("clean_text", bert.cleanText())
              .put("handle_chinese_chars", bert.handleChineseChars())
              .put("strip_accents", bert.stripAccents().orElse(null))
              .put("lowercase", bert.lowercase());
      case UnicodeForm(java.text.Normalizer.Form form) -> typed(form.name());
      case Lowercase() -> typed("Lowercase");
      case StripAccents() -> typed("StripAccents");
      case ByteCharacters() -> typed("ByteLevel");
      case Strip(boolean left, boolean right) ->
          typed("Strip").put("strip_left", left).put("strip_right", right);
      case Prepend(String prefix) -> typed("Prepend").put("prepend", prefix);
      case Replace(java.util.regex.Pattern pattern, String content) -> {
        ObjectNode node = typed("Replace");
        node.set("pattern", Patterns.toJson(pattern));
        yield node.put("content", content);
      }
      case Precompiled map ->
          typed("Precompiled")
              .put("precompiled_charsmap", Base64.getEncoder().encodeToString(map.charsMap()));
      case NormalizerSequence(java.util.List<Normalizer> steps) -> {
        ObjectNode node = typed("Sequence");
        ArrayNode array = node.putArray("normalizers");
        steps.forEach(step -> array.add(normalizer(step)));
        yield node;
      }
    };
  }

  ObjectNode preTokenizer(PreTokenizer preTokenizer) {
    return switch (preTokenizer) {
      case BertPreTokenizer() -> typed("BertPreTokenizer");
      case Whitespace() -> typed("Whitespace");
      case WhitespaceSplit() -> typed("WhitespaceSplit");
      case Punctuation(var behavior) ->
          typed("Punctuation").put("behavior", Names.behavior(behavior));
      case Digits(boolean individual) -> typed("Digits").put("individual_digits", individual);
      case ByteLevel(boolean prefix, boolean regex) ->
          typed("ByteLevel")
              .put("add_prefix_space", prefix)
              .put("trim_offsets", true)
              .put("use_regex", regex);
      case Metaspace(char replacement, var prepend, boolean split) ->
          typed("Metaspace")
              .put("replacement", String.valueOf(replacement))
              .put("prepend_scheme", Names.of(prepend))
              .put("split", split);
      case Split(java.util.regex.Pattern pattern, var behavior, boolean invert) -> {
        ObjectNode node = typed("Split");
        node.set("pattern", Patterns.toJson(pattern));
        yield node.put("behavior", Names.behavior(behavior)).put("invert", invert);
      }
      case PreTokenizerSequence(java.util.List<PreTokenizer> steps) -> {
        ObjectNode node = typed("Sequence");
        ArrayNode array = node.putArray("pretokenizers");
        steps.forEach(step -> array.add(preTokenizer(step)));
        yield node;
      }
    };
  }

  ObjectNode decoder(Decoder decoder) {
    return switch (decoder) {
      case Decoder.WordPiece(String prefix, boolean cleanup) ->
          typed("WordPiece").put("prefix", prefix).put("cleanup", cleanup);
      case Decoder.ByteLevel() ->
          typed("ByteLevel")
              .put("add_prefix_space", true)
              .put("trim_offsets", true)
              .put("use_regex", true);
      case Decoder.Metaspace(char replacement, boolean dropFirst) ->
          typed("Metaspace")
              .put("replacement", String.valueOf(replacement))
              .put("prepend_scheme", dropFirst ? "always" : "never")
              .put("split", true);
      case Decoder.EndOfWord(String suffix) -> typed("BPEDecoder").put("suffix", suffix);
      case Decoder.ByteFallback() -> typed("ByteFallback");
      case Decoder.Fuse() -> typed("Fuse");
      case Decoder.Replace(java.util.regex.Pattern pattern, String content) -> {
        ObjectNode node = typed("Replace");
        node.set("pattern", Patterns.toJson(pattern));
        yield node.put("content", content);
      }
      case Decoder.Strip(char content, int start, int stop) ->
          typed("Strip")
              .put("content", String.valueOf(content))
              .put("start", start)
              .put("stop", stop);
      case Decoder.Sequence(java.util.List<Decoder> steps) -> {
        ObjectNode node = typed("Sequence");
        ArrayNode array = node.putArray("decoders");
        steps.forEach(step -> array.add(decoder(step)));
        yield node;
      }
    };
  }

  private static ObjectNode typed(String type) {
    return NODES.objectNode().put("type", type);
  }
}
