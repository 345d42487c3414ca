package dev.embedlab.train;

import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.text.BertNormalizer;
import dev.embedlab.tokenize.text.NormalizerSequence;
import dev.embedlab.tokenize.text.Replace;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenizer of small models trained from nothing: WordPiece on lower-cased text in which {@code
 * readHTMLFile} has first become {@code read HTML File}. Prose is left as it is, and {@code
 * tokenizer.json} can say all of it, so Python cuts texts the same way.
 */
final class IdentifierWords {

  private static final Pattern SEAM =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private IdentifierWords() {}

  static TokenizerPipeline train(List<String> texts, int vocabularySize) {
    return TokenizerTrainer.bert(vocabularySize)
        .withNormalizer(NormalizerSequence.of(new Replace(SEAM, " "), BertNormalizer.uncased()))
        .train(texts);
  }
}
