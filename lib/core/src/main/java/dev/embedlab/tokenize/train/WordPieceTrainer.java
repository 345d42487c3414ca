package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordPiece;
import java.util.List;

/**
 * Learns a WordPiece vocabulary as Hugging Face tokenizers does: by the merges of BPE, pieces
 * inside a word carrying a prefix. (Google's original trainer chooses pairs by likelihood; it was
 * never published.)
 *
 * @param merges the BPE training behind it; its continuing prefix marks pieces inside a word
 * @param unknownPiece stands for words that cannot be split; one of the special tokens
 */
public record WordPieceTrainer(BpeTrainer merges, String unknownPiece) implements ModelTrainer {

  /** BERT's special tokens and prefix. */
  public static WordPieceTrainer bert(int vocabularySize) {
    return new WordPieceTrainer(
        BpeTrainer.builder()
            .vocabularySize(vocabularySize)
            .specialTokens("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
            .continuingPrefix(WordPiece.BERT_PREFIX)
            .build(),
        "[UNK]");
  }

  @Override
  public List<String> specialTokens() {
    return merges.specialTokens();
  }

  @Override
  public WordPiece train(WordCounts words) {
    BpeTraining training = new BpeTraining(merges, words);
    training.run();
    return new WordPiece(
        Vocabulary.of(training.pieces()),
        unknownPiece,
        merges.continuingPrefix(),
        WordPiece.BERT_LONGEST_WORD);
  }
}
