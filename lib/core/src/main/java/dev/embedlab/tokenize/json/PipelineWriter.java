package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.tokenize.AddedToken;
import dev.embedlab.tokenize.PostProcessor;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the outer layer of {@code tokenizer.json}: added tokens, post-processor, and the parts by
 * {@link PartWriter}.
 */
final class PipelineWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  ObjectNode write(TokenizerPipeline tokenizer) {
    PartWriter parts = new PartWriter();
    ObjectNode root = NODES.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.set("added_tokens", addedTokens(tokenizer.addedTokens()));
    root.set("normalizer", tokenizer.normalizer().map(parts::normalizer).orElse(null));
    root.set("pre_tokenizer", tokenizer.preTokenizer().map(parts::preTokenizer).orElse(null));
    root.set("post_processor", postProcessor(tokenizer.postProcessor()));
    root.set("decoder", tokenizer.decoder().map(parts::decoder).orElse(null));
    root.set("model", new ModelWriter().write(tokenizer.model()));
    return root;
  }

  private static ArrayNode addedTokens(Map<Integer, AddedToken> tokens) {
    ArrayNode array = NODES.arrayNode();
    new TreeMap<>(tokens)
        .forEach(
            (id, token) ->
                array
                    .addObject()
                    .put("id", id)
                    .put("content", token.content())
                    .put("single_word", token.singleWord())
                    .put("lstrip", token.leftStrip())
                    .put("rstrip", token.rightStrip())
                    .put("normalized", token.normalized())
                    .put("special", token.special()));
    return array;
  }

  private static ObjectNode postProcessor(PostProcessor processor) {
    if (processor.equals(PostProcessor.none())) {
      return null;
    }
    ObjectNode template = template(processor);
    if (!processor.trimOffsets()) {
      return template;
    }
    ObjectNode byteLevel = NODES.objectNode();
    byteLevel.put("type", "ByteLevel");
    byteLevel.put("add_prefix_space", processor.keepPrefixSpace());
    byteLevel.put("trim_offsets", true);
    byteLevel.put("use_regex", true);
    PostProcessor none = PostProcessor.none();
    if (processor.single().equals(none.single()) && processor.pair().equals(none.pair())) {
      return byteLevel;
    }
    ObjectNode sequence = NODES.objectNode();
    sequence.put("type", "Sequence");
    sequence.putArray("processors").add(byteLevel).add(template);
    return sequence;
  }

  private static ObjectNode template(PostProcessor processor) {
    ObjectNode node = NODES.objectNode();
    node.put("type", "TemplateProcessing");
    node.set("single", parts(processor.single()));
    node.set("pair", parts(processor.pair()));
    ObjectNode specials = node.putObject("special_tokens");
    for (List<PostProcessor.Part> parts : List.of(processor.single(), processor.pair())) {
      for (PostProcessor.Part part : parts) {
        if (part instanceof PostProcessor.Special(String token, int id, int type)) {
          ObjectNode special = specials.putObject(token).put("id", token);
          special.putArray("ids").add(id);
          special.putArray("tokens").add(token);
        }
      }
    }
    return node;
  }

  private static ArrayNode parts(List<PostProcessor.Part> parts) {
    ArrayNode array = NODES.arrayNode();
    for (PostProcessor.Part part : parts) {
      switch (part) {
        case PostProcessor.Sequence(int sequence, int type) ->
            array
                .addObject()
                .putObject("Sequence")
                .put("id", sequence == 0 ? "A" : "B")
                .put("type_id", type);
        case PostProcessor.Special(String token, int id, int type) ->
            array.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
      }
    }
    return array;
  }
}
