package dev.embedlab.cli;

import dev.embedlab.tokenize.Decoder;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.text.ByteCharacters;
import dev.embedlab.tokenize.train.BpeTrainer;
import dev.embedlab.tokenize.train.ModelTrainer;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import dev.embedlab.tokenize.train.TokenizerTrainer.Template;
import dev.embedlab.tokenize.train.UnigramTrainer;
import dev.embedlab.tokenize.train.WordLevelTrainer;
import dev.embedlab.tokenize.train.WordPieceTrainer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What can be chosen when training, shared by all models; each names the models it is for. */
final class TrainingOptions {

  /** The models that can be trained. */
  enum Model {
    bpe,
    wordpiece,
    unigram,
    word
  }

  @Option(
      names = "--model",
      required = true,
      description = "${COMPLETION-CANDIDATES}; bpe works on bytes unless --characters is given.")
  private Model model;

  @Option(
      names = "--vocab-size",
      paramLabel = "N",
      description = "Pieces, special tokens included; 30000, for unigram 8000.")
  private Integer vocabularySize;

  @Option(
      names = "--min-frequency",
      paramLabel = "N",
      defaultValue = "0",
      description = "Rarer pairs are not merged, rarer words left out (bpe, wordpiece, word).")
  private long minFrequency;

  @Option(
      names = "--special-tokens",
      paramLabel = "TOKEN",
      split = ",",
      arity = "1..*",
      description =
          "First in the vocabulary; [PAD],[UNK],[CLS],[SEP],[MASK] for wordpiece, <|endoftext|>"
              + " for bpe, <unk> for the others.")
  private List<String> specialTokens;

  @Option(
      names = "--unknown-token",
      paramLabel = "TOKEN",
      description =
          "The piece for what the vocabulary lacks; [UNK] for wordpiece, <unk> for unigram and word.")
  private String unknownToken;

  @Option(
      names = "--characters",
      description = "bpe on characters with an end-of-word suffix, as Sennrich et al.")
  private boolean characters;

  @Option(
      names = "--initial-alphabet",
      paramLabel = "TEXT",
      description = "Characters that are in the vocabulary whether they occur or not.")
  private String initialAlphabet;

  @Option(
      names = "--limit-alphabet",
      paramLabel = "N",
      description = "Most characters, the most frequent first (bpe, wordpiece).")
  private Integer limitAlphabet;

  @Option(
      names = "--continuing-prefix",
      paramLabel = "TEXT",
      description = "Before pieces inside a word; ## for wordpiece (bpe, wordpiece).")
  private String continuingPrefix;

  @Option(
      names = "--end-of-word-suffix",
      paramLabel = "TEXT",
      description = "After the last piece of a word; </w> with --characters (bpe).")
  private String endOfWordSuffix;

  @Option(
      names = {"--max-piece-length", "--max-token-length"},
      paramLabel = "N",
      description = "Most characters of a piece; 16 for unigram, else no limit.")
  private Integer maxPieceLength;

  @Option(
      names = "--shrinking-factor",
      paramLabel = "X",
      defaultValue = "0.75",
      description = "Share of the pieces that survives a pruning (unigram).")
  private double shrinkingFactor;

  @Option(
      names = "--sub-iterations",
      paramLabel = "N",
      defaultValue = "2",
      description = "Expectation maximization steps between prunings (unigram).")
  private int subIterations;

  @Option(
      names = "--seed-size",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Most pieces to begin with (unigram).")
  private int seedSize;

  @Option(
      names = "--normalizer",
      paramLabel = "NAME",
      split = ",",
      description =
          "bert, bert-cased, nfc, nfd, nfkc, nfkd, lowercase, strip-accents, strip or none, one"
              + " after another; bert for wordpiece, nfkc for unigram, lowercase for word.")
  private List<String> normalizer;

  @Option(
      names = "--pre-tokenizer",
      paramLabel = "NAME",
      split = ",",
      description =
          "bert, byte-level, byte-level-prefix, metaspace, whitespace, whitespace-split,"
              + " punctuation, digits, individual-digits or none, one after another; bert for"
              + " wordpiece, byte-level for bpe, metaspace for unigram, else whitespace.")
  private List<String> preTokenizer;

  TokenizerTrainer trainer() {
    TokenizerTrainer usual = usual();
    List<String> special = special(usual);
    TokenizerTrainer chosen =
        new TokenizerTrainer(
            normalizer == null ? usual.normalizer() : TokenizerParts.normalizer(normalizer),
            preTokenizer == null ? usual.preTokenizer() : TokenizerParts.preTokenizer(preTokenizer),
            modelTrainer(special),
            decoder(usual),
            usual.template());
    boolean framed = special.containsAll(List.of("[CLS]", "[SEP]"));
    return usual.template() == Template.BERT && !framed
        ? chosen.withTemplate(Template.NONE)
        : chosen;
  }

  /** The whole tokenizer as models of this kind have it. */
  private TokenizerTrainer usual() {
    return switch (model) {
      case wordpiece -> TokenizerTrainer.bert(size());
      case unigram -> TokenizerTrainer.unigram(size());
      case word -> TokenizerTrainer.words(size(), minFrequency);
      case bpe ->
          characters ? TokenizerTrainer.characterBpe(size()) : TokenizerTrainer.gpt2(size());
    };
  }

  private int size() {
    return vocabularySize != null ? vocabularySize : model == Model.unigram ? 8_000 : 30_000;
  }

  private List<String> special(TokenizerTrainer usual) {
    return specialTokens != null ? specialTokens : usual.model().specialTokens();
  }

  private ModelTrainer modelTrainer(List<String> special) {
    return switch (model) {
      case bpe -> bpe(special, "", characters ? "</w>" : "").build();
      case wordpiece -> new WordPieceTrainer(bpe(special, "##", "").build(), unknown("[UNK]"));
      case word -> new WordLevelTrainer(size(), minFrequency, special, unknown("<unk>"));
      case unigram ->
          UnigramTrainer.builder()
              .vocabularySize(size())
              .specialTokens(special)
              .unknownPiece(unknown("<unk>"))
              .initialAlphabet(initialAlphabet == null ? "" : initialAlphabet)
              .shrinkingFactor(shrinkingFactor)
              .subIterations(subIterations)
              .maxPieceLength(maxPieceLength == null ? 16 : maxPieceLength)
              .seedSize(seedSize)
              .build();
    };
  }

  private BpeTrainer.Builder bpe(List<String> special, String prefix, String suffix) {
    boolean bytes = model == Model.bpe && !characters;
    String alphabet = bytes ? new String(ByteCharacters.alphabet()) : "";
    BpeTrainer.Builder builder =
        BpeTrainer.builder()
            .vocabularySize(size())
            .minFrequency(minFrequency)
            .specialTokens(special)
            .initialAlphabet(initialAlphabet == null ? alphabet : initialAlphabet)
            .continuingPrefix(continuingPrefix == null ? prefix : continuingPrefix)
            .endOfWordSuffix(endOfWordSuffix == null ? suffix : endOfWordSuffix);
    limit(limitAlphabet).ifPresent(builder::limitAlphabet);
    limit(maxPieceLength).ifPresent(builder::maxTokenLength);
    return builder;
  }

  private static OptionalInt limit(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private String unknown(String otherwise) {
    return unknownToken != null ? unknownToken : otherwise;
  }

  /** Decoding undoes what was chosen here, not what is usual. */
  private Optional<Decoder> decoder(TokenizerTrainer usual) {
    if (preTokenizer != null && preTokenizer.getLast().startsWith("byte-level")) {
      return Optional.of(new Decoder.ByteLevel());
    }
    if (preTokenizer != null && preTokenizer.getLast().equals("metaspace")) {
      return Optional.of(new Decoder.Metaspace(Metaspace.LOWER_ONE_EIGHTH_BLOCK, true));
    }
    if (endOfWordSuffix != null && !endOfWordSuffix.isEmpty()) {
      return Optional.of(new Decoder.EndOfWord(endOfWordSuffix));
    }
    if (continuingPrefix != null && model == Model.wordpiece) {
      return Optional.of(new Decoder.WordPiece(continuingPrefix, true));
    }
    return usual.decoder();
  }
}
