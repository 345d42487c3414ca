package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.AddedToken;
import dev.embedlab.tokenize.Decoder;
import dev.embedlab.tokenize.PostProcessor;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.model.SubwordModel;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.split.BertPreTokenizer;
import dev.embedlab.tokenize.split.ByteLevel;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.Whitespace;
import dev.embedlab.tokenize.text.BertNormalizer;
import dev.embedlab.tokenize.text.ByteCharacters;
import dev.embedlab.tokenize.text.Lowercase;
import dev.embedlab.tokenize.text.Normalizer;
import dev.embedlab.tokenize.text.UnicodeForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Trains a whole tokenizer from text.
 *
 * <pre>{@code
 * Tokenizer tokenizer = TokenizerTrainer.bert(8_000).train(corpus.contents());
 * }</pre>
 *
 * @param normalizer applied to the texts, in training and in encoding
 * @param preTokenizer cuts the texts, in training and in encoding
 * @param model learns the vocabulary
 * @param decoder turns pieces back into text
 * @param template special tokens around a text, by their names in the vocabulary
 */
public record TokenizerTrainer(
    Optional<Normalizer> normalizer,
    Optional<PreTokenizer> preTokenizer,
    ModelTrainer model,
    Optional<Decoder> decoder,
    Template template) {

  /** Which special tokens go around a text. */
  public enum Template {
    /** None. */
    NONE,
    /** {@code [CLS] text [SEP]}. */
    BERT,
    /** None, but offsets leave out the blanks of byte-level pieces. */
    GPT2
  }

  /** WordPiece on lower-cased text without accents, as uncased BERT and MiniLM models. */
  public static TokenizerTrainer bert(int vocabularySize) {
    return of(WordPieceTrainer.bert(vocabularySize))
        .withNormalizer(BertNormalizer.uncased())
        .withPreTokenizer(new BertPreTokenizer())
        .withDecoder(new Decoder.WordPiece("##", true))
        .withTemplate(Template.BERT);
  }

  /**
   * Byte-level BPE as GPT-2 and RoBERTa: no text is unknown, and decoding gives back every text.
   */
  public static TokenizerTrainer gpt2(int vocabularySize) {
    return of(BpeTrainer.builder()
            .vocabularySize(vocabularySize)
            .specialTokens("<|endoftext|>")
            .initialAlphabet(new String(ByteCharacters.alphabet()))
            .build())
        .withPreTokenizer(new ByteLevel(false, true))
        .withDecoder(new Decoder.ByteLevel())
        .withTemplate(Template.GPT2);
  }

  /** Character BPE with an end-of-word suffix, as Sennrich et al. */
  public static TokenizerTrainer characterBpe(int vocabularySize) {
    return of(BpeTrainer.builder()
            .vocabularySize(vocabularySize)
            .specialTokens("<unk>")
            .endOfWordSuffix("</w>")
            .build())
        .withPreTokenizer(new Whitespace())
        .withDecoder(new Decoder.EndOfWord("</w>"));
  }

  /** Unigram over visible blanks, as SentencePiece, XLM-R and T5. */
  public static TokenizerTrainer unigram(int vocabularySize) {
    return of(UnigramTrainer.builder().vocabularySize(vocabularySize).build())
        .withNormalizer(new UnicodeForm(java.text.Normalizer.Form.NFKC))
        .withPreTokenizer(Metaspace.standard())
        .withDecoder(new Decoder.Metaspace(Metaspace.LOWER_ONE_EIGHTH_BLOCK, true));
  }

  /** The most frequent lower-cased words; all others are unknown. */
  public static TokenizerTrainer words(int vocabularySize, long minFrequency) {
    return of(new WordLevelTrainer(vocabularySize, minFrequency, List.of("<unk>"), "<unk>"))
        .withNormalizer(new Lowercase())
        .withPreTokenizer(new Whitespace());
  }

  /** Any model, on raw text, until the other parts are set. */
  public static TokenizerTrainer of(ModelTrainer model) {
    return new TokenizerTrainer(
        Optional.empty(), Optional.empty(), model, Optional.empty(), Template.NONE);
  }

  public TokenizerTrainer withNormalizer(Normalizer value) {
    return new TokenizerTrainer(Optional.of(value), preTokenizer, model, decoder, template);
  }

  public TokenizerTrainer withPreTokenizer(PreTokenizer value) {
    return new TokenizerTrainer(normalizer, Optional.of(value), model, decoder, template);
  }

  public TokenizerTrainer withDecoder(Decoder value) {
    return new TokenizerTrainer(normalizer, preTokenizer, model, Optional.of(value), template);
  }

  public TokenizerTrainer withTemplate(Template value) {
    return new TokenizerTrainer(normalizer, preTokenizer, model, decoder, value);
  }

  /** Trains on texts; their order makes no difference. */
  public TokenizerPipeline train(Iterable<String> texts) {
    return train(StreamSupport.stream(texts.spliterator(), false));
  }

  /** Trains on texts, read once. */
  public TokenizerPipeline train(Stream<String> texts) {
    return assemble(model.train(WordCounts.of(texts, normalizer, preTokenizer)));
  }

  private TokenizerPipeline assemble(SubwordModel trained) {
    TokenizerPipeline.Builder builder = TokenizerPipeline.builder(trained);
    normalizer.ifPresent(builder::normalizer);
    preTokenizer.ifPresent(builder::preTokenizer);
    decoder.ifPresent(builder::decoder);
    builder.postProcessor(postProcessor(trained.vocabulary()));
    for (String token : model.specialTokens()) {
      trained
          .vocabulary()
          .id(token)
          .ifPresent(id -> builder.addedToken(id, AddedToken.special(token)));
    }
    return builder.build();
  }

  private PostProcessor postProcessor(Vocabulary vocabulary) {
    return switch (template) {
      case NONE -> PostProcessor.none();
      case GPT2 -> PostProcessor.none().withTrimmedOffsets(false);
      case BERT ->
          PostProcessor.bert(
              "[CLS]", require(vocabulary, "[CLS]"), "[SEP]", require(vocabulary, "[SEP]"));
    };
  }

  private static int require(Vocabulary vocabulary, String token) {
    return vocabulary
        .id(token)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The template needs '%s'; name it among the special tokens %s."
                        .formatted(token, List.of("[CLS]", "[SEP]"))));
  }
}
