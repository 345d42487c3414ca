package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.tokenize.model.Bpe;
import dev.embedlab.tokenize.model.BpeOptions;
import dev.embedlab.tokenize.model.Merge;
import dev.embedlab.tokenize.model.SubwordModel;
import dev.embedlab.tokenize.model.Unigram;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordLevel;
import dev.embedlab.tokenize.model.WordPiece;
import java.util.List;

/** Writes the {@code model} of {@code tokenizer.json}. */
final class ModelWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  ObjectNode write(SubwordModel model) {
    return switch (model) {
      case WordPiece wordPiece -> wordPiece(wordPiece);
      case Bpe bpe -> bpe(bpe);
      case Unigram unigram -> unigram(unigram);
      case WordLevel wordLevel -> wordLevel(wordLevel);
    };
  }

  private static ObjectNode wordPiece(WordPiece model) {
    ObjectNode node = NODES.objectNode();
    node.put("type", "WordPiece");
    node.put("unk_token", model.unknownPiece());
    node.put("continuing_subword_prefix", model.continuingPrefix());
    node.put("max_input_chars_per_word", model.longestWord());
    node.set("vocab", vocabulary(model.vocabulary()));
    return node;
  }

  private static ObjectNode bpe(Bpe model) {
    BpeOptions options = model.options();
    ObjectNode node = NODES.objectNode();
    node.put("type", "BPE");
    node.putNull("dropout");
    node.put("unk_token", options.unknownPiece().orElse(null));
    node.put("continuing_subword_prefix", emptyToNull(options.continuingPrefix()));
    node.put("end_of_word_suffix", emptyToNull(options.endOfWordSuffix()));
    node.put("fuse_unk", options.fuseUnknown());
    node.put("byte_fallback", options.byteFallback());
    node.put("ignore_merges", options.ignoreMerges());
    node.set("vocab", vocabulary(model.vocabulary()));
    ArrayNode merges = node.putArray("merges");
    for (Merge merge : model.merges()) {
      merges.addArray().add(merge.left()).add(merge.right());
    }
    return node;
  }

  private static ObjectNode unigram(Unigram model) {
    ObjectNode node = NODES.objectNode();
    node.put("type", "Unigram");
    node.put("unk_id", model.unknownId() < 0 ? null : model.unknownId());
    ArrayNode vocab = node.putArray("vocab");
    List<String> pieces = model.vocabulary().pieces();
    double[] scores = model.scores();
    for (int i = 0; i < scores.length; i++) {
      vocab.addArray().add(pieces.get(i)).add(scores[i]);
    }
    node.put("byte_fallback", model.byteFallback());
    return node;
  }

  private static ObjectNode wordLevel(WordLevel model) {
    ObjectNode node = NODES.objectNode();
    node.put("type", "WordLevel");
    node.set("vocab", vocabulary(model.vocabulary()));
    node.put("unk_token", model.unknownPiece());
    return node;
  }

  private static ObjectNode vocabulary(Vocabulary vocabulary) {
    ObjectNode node = NODES.objectNode();
    for (int id = 0; id < vocabulary.limit(); id++) {
      if (vocabulary.has(id)) {
        node.put(vocabulary.piece(id), id);
      }
    }
    return node;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
