package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.tokenize.model.Bpe;
import dev.embedlab.tokenize.model.BpeOptions;
import dev.embedlab.tokenize.model.Merge;
import dev.embedlab.tokenize.model.SubwordModel;
import dev.embedlab.tokenize.model.Unigram;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordLevel;
import dev.embedlab.tokenize.model.WordPiece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads the {@code model} of {@code tokenizer.json}. */
final class ModelReader {

  SubwordModel read(Field model) {
    try {
      return switch (type(model)) {
        case "WordPiece" -> wordPiece(model);
        case "BPE" -> bpe(model);
        case "Unigram" -> unigram(model);
        case "WordLevel" ->
            new WordLevel(vocabulary(model.get("vocab")), model.string("unk_token", "<unk>"));
        default -> throw model.get("type").unsupported("model");
      };
    } catch (TokenizerFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new TokenizerFormatException("the model is not consistent: " + e.getMessage(), e);
    }
  }

  /** Files of early versions do not name the type; their fields tell. */
  private static String type(Field model) {
    if (model.has("type")) {
      return model.type();
    }
    if (model.has("merges")) {
      return "BPE";
    }
    return model.has("unk_id") ? "Unigram" : "WordPiece";
  }

  private static WordPiece wordPiece(Field model) {
    return new WordPiece(
        vocabulary(model.get("vocab")),
        model.string("unk_token", "[UNK]"),
        model.string("continuing_subword_prefix", WordPiece.BERT_PREFIX),
        model.integer("max_input_chars_per_word", WordPiece.BERT_LONGEST_WORD));
  }

  private static Bpe bpe(Field model) {
    if (model.has("dropout") && model.get("dropout").number() > 0) {
      throw model.get("dropout").wrong("null or 0: encoding is deterministic here");
    }
    BpeOptions options =
        new BpeOptions(
            model.optional("unk_token").map(Field::string),
            model.string("continuing_subword_prefix", ""),
            model.string("end_of_word_suffix", ""),
            model.bool("fuse_unk", false),
            model.bool("byte_fallback", false),
            model.bool("ignore_merges", false));
    List<Merge> merges = new ArrayList<>();
    for (Field merge : model.get("merges").items()) {
      merges.add(merge(merge));
    }
    return new Bpe(vocabulary(model.get("vocab")), merges, options);
  }

  /** Written {@code ["a", "b"]}, in older files {@code "a b"}. */
  private static Merge merge(Field merge) {
    if (merge.node().isTextual()) {
      String[] sides = merge.string().split(" ", -1);
      if (sides.length == 2) {
        return new Merge(sides[0], sides[1]);
      }
    } else if (merge.node().isArray() && merge.node().size() == 2) {
      return new Merge(merge.items().getFirst().string(), merge.items().getLast().string());
    }
    throw merge.wrong("two pieces");
  }

  private static Unigram unigram(Field model) {
    List<Field> entries = model.get("vocab").items();
    List<String> pieces = new ArrayList<>(entries.size());
    double[] scores = new double[entries.size()];
    for (Field entry : entries) {
      if (!entry.node().isArray() || entry.node().size() != 2) {
        throw entry.wrong("a piece and its score");
      }
      scores[pieces.size()] = entry.items().getLast().number();
      pieces.add(entry.items().getFirst().string());
    }
    OptionalInt unknown =
        model.has("unk_id") ? OptionalInt.of(model.get("unk_id").integer()) : OptionalInt.empty();
    return new Unigram(pieces, scores, unknown, model.bool("byte_fallback", false));
  }

  private static Vocabulary vocabulary(Field vocab) {
    Map<String, Integer> ids = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : vocab.entries()) {
      ids.put(
          entry.getKey(),
          new Field(entry.getValue(), vocab.path() + "." + entry.getKey()).integer());
    }
    return Vocabulary.of(ids);
  }
}
