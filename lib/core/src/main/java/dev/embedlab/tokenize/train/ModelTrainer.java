package dev.embedlab.tokenize.train;

import dev.embedlab.tokenize.model.SubwordModel;
import java.util.List;

/** Learns a vocabulary from counted words. Same words, same vocabulary: nothing is random. */
public sealed interface ModelTrainer
    permits BpeTrainer, WordPieceTrainer, UnigramTrainer, WordLevelTrainer {

  /** Learns the model. */
  SubwordModel train(WordCounts words);

  /** Tokens the vocabulary begins with; they are never split. */
  List<String> specialTokens();
}
