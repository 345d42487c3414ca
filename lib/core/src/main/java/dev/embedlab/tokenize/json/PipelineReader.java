package dev.embedlab.tokenize.json;

import dev.embedlab.tokenize.AddedToken;
import dev.embedlab.tokenize.PostProcessor;
import dev.embedlab.tokenize.TextCutter;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.util.ArrayList;
import java.util.List;

/** Reads the outer layer of {@code tokenizer.json}. */
final class PipelineReader {

  TokenizerPipeline read(Field root) {
    PartReader parts = new PartReader();
    TokenizerPipeline.Builder builder = builder(root);
    root.optional("normalizer").map(parts::normalizer).ifPresent(builder::normalizer);
    root.optional("pre_tokenizer").map(parts::preTokenizer).ifPresent(builder::preTokenizer);
    return builder.build();
  }

  /** The tokenizer but for its normalizer and pre-tokenizer, whose work a cutter does. */
  TokenizerPipeline read(Field root, TextCutter cutter) {
    return builder(root).cutter(cutter).build();
  }

  private static TokenizerPipeline.Builder builder(Field root) {
    PartReader parts = new PartReader();
    TokenizerPipeline.Builder builder =
        TokenizerPipeline.builder(new ModelReader().read(root.get("model")));
    root.optional("decoder").map(parts::decoder).ifPresent(builder::decoder);
    root.optional("post_processor")
        .map(PipelineReader::postProcessor)
        .ifPresent(builder::postProcessor);
    if (root.has("added_tokens")) {
      for (Field token : root.get("added_tokens").items()) {
        builder.addedToken(token.get("id").integer(), addedToken(token));
      }
    }
    return builder;
  }

  private static AddedToken addedToken(Field token) {
    return new AddedToken(
        token.get("content").string(),
        token.bool("special", false),
        token.bool("normalized", false),
        token.bool("single_word", false),
        token.bool("lstrip", false),
        token.bool("rstrip", false));
  }

  private static PostProcessor postProcessor(Field field) {
    return switch (field.type()) {
      case "TemplateProcessing" -> template(field);
      case "BertProcessing" -> {
        Field cls = field.get("cls");
        Field sep = field.get("sep");
        yield PostProcessor.bert(first(cls), second(cls), first(sep), second(sep));
      }
      case "RobertaProcessing" -> roberta(field);
      case "ByteLevel" -> withTrim(PostProcessor.none(), field);
      case "Sequence" -> sequence(field);
      default -> throw field.get("type").unsupported("post-processor");
    };
  }

  private static PostProcessor sequence(Field field) {
    PostProcessor merged = PostProcessor.none();
    for (Field step : field.get("processors").items()) {
      PostProcessor next = postProcessor(step);
      boolean addsTokens = next.added(false) + next.added(true) > 0;
      merged =
          new PostProcessor(
              addsTokens ? next.single() : merged.single(),
              addsTokens ? next.pair() : merged.pair(),
              merged.trimOffsets() || next.trimOffsets(),
              merged.keepPrefixSpace() || next.keepPrefixSpace());
    }
    return merged;
  }

  private static PostProcessor withTrim(PostProcessor processor, Field field) {
    return field.bool("trim_offsets", true)
        ? processor.withTrimmedOffsets(field.bool("add_prefix_space", true))
        : processor;
  }

  /** {@code <s> A </s>} and {@code <s> A </s></s> B </s>}, all in segment 0. */
  private static PostProcessor roberta(Field field) {
    PostProcessor.Special cls =
        new PostProcessor.Special(first(field.get("cls")), second(field.get("cls")), 0);
    PostProcessor.Special sep =
        new PostProcessor.Special(first(field.get("sep")), second(field.get("sep")), 0);
    PostProcessor.Sequence a = new PostProcessor.Sequence(0, 0);
    PostProcessor.Sequence b = new PostProcessor.Sequence(1, 0);
    return withTrim(
        new PostProcessor(List.of(cls, a, sep), List.of(cls, a, sep, sep, b, sep), false, false),
        field);
  }

  private static String first(Field pair) {
    return pair.items().getFirst().string();
  }

  private static int second(Field pair) {
    return pair.items().getLast().integer();
  }

  private static PostProcessor template(Field field) {
    Field specials = field.get("special_tokens");
    return new PostProcessor(
        parts(field.get("single"), specials), parts(field.get("pair"), specials), false, false);
  }

  private static List<PostProcessor.Part> parts(Field template, Field specials) {
    List<PostProcessor.Part> parts = new ArrayList<>();
    for (Field item : template.items()) {
      if (item.has("Sequence")) {
        Field sequence = item.get("Sequence");
        int number = sequence.get("id").string().equals("A") ? 0 : 1;
        parts.add(new PostProcessor.Sequence(number, sequence.integer("type_id", 0)));
      } else {
        parts.addAll(specialParts(item.get("SpecialToken"), specials));
      }
    }
    return parts;
  }

  private static List<PostProcessor.Part> specialParts(Field item, Field specials) {
    Field special = specials.get(item.get("id").string());
    List<Field> ids = special.get("ids").items();
    List<Field> tokens = special.get("tokens").items();
    if (ids.size() != tokens.size()) {
      throw special.wrong("an entry with as many ids as tokens");
    }
    List<PostProcessor.Part> parts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      parts.add(
          new PostProcessor.Special(
              tokens.get(i).string(), ids.get(i).integer(), item.integer("type_id", 0)));
    }
    return parts;
  }
}
