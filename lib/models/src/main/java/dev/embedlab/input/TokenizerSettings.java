package dev.embedlab.input;

import dev.embedlab.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * What a checkpoint says about its tokenizer.
 *
 * @param file {@code tokenizer.json}
 * @param maxTokens longest input, special tokens included
 * @param lowerCase whether text is lower-cased before anything else
 * @param addSpecialTokens whether {@code [CLS]} and the like are added
 * @param useTypeIds whether the encoder is told which text of a pair a token is from
 * @param cutLeft whether truncation keeps the end of a text and not its beginning
 * @param vocabulary number of token embeddings
 * @param specialIds ids of the tokens that the checkpoint calls special
 */
public record TokenizerSettings(
    Path file,
    int maxTokens,
    boolean lowerCase,
    boolean addSpecialTokens,
    boolean useTypeIds,
    boolean cutLeft,
    long vocabulary,
    Set<Long> specialIds) {

  /** Largest {@code tokenizer.json} that is read. */
  public static final long MAX_BYTES = 256L << 20;

  public TokenizerSettings {
    specialIds = Set.copyOf(specialIds);
    if (maxTokens < 1) {
      throw new ConfigException(file, "the maximum length is %d tokens.".formatted(maxTokens));
    }
  }

  /** Whether a {@code tokenizer.json} says that long texts lose their beginning. */
  public static boolean cutsLeft(Path file) throws IOException {
    return Files.isRegularFile(file)
        && JsonFields.first(file, "truncation").path("direction").asText().equals("Left");
  }

  /** The same with another maximum length. */
  public TokenizerSettings withMaxTokens(int tokens) {
    return new TokenizerSettings(
        file, tokens, lowerCase, addSpecialTokens, useTypeIds, cutLeft, vocabulary, specialIds);
  }

  TokenizedText withTypes(TokenizedText text) {
    return useTypeIds
        ? text
        : new TokenizedText(text.ids(), new long[text.length()], text.cutTokens());
  }

  long[] truncate(long[] ids, int room) {
    if (ids.length <= room) {
      return ids;
    }
    return cutLeft
        ? Arrays.copyOfRange(ids, ids.length - room, ids.length)
        : Arrays.copyOf(ids, room);
  }

  void checkVocabulary(long[] ids) {
    for (long id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new ConfigException(
            file,
            "token id %d lies outside of the model's %d embeddings; the tokenizer belongs to another model."
                .formatted(id, vocabulary));
      }
    }
  }
}
