package dev.embedlab.train;

import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordLevel;
import dev.embedlab.tokenize.split.WhitespaceSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A toy language: word n means the same as word n + 30, which only training pairs say. */
final class Synonyms {

  static final int WORDS = 60;

  private Synonyms() {}

  /** Words are numbers; the id of a word is itself. */
  static TokenizerPipeline tokenizer() {
    List<String> words = IntStream.range(0, WORDS).mapToObj(Integer::toString).toList();
    return TokenizerPipeline.builder(new WordLevel(Vocabulary.of(words), "0"))
        .preTokenizer(new WhitespaceSplit())
        .build();
  }

  static List<TrainingExample> pairs(int count) {
    Random random = new Random(3);
    List<TrainingExample> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int a = random.nextInt(30);
      int b = random.nextInt(30);
      pairs.add(TrainingExample.pair(a + " " + b, (a + 30) + " " + (b + 30)));
    }
    return pairs;
  }

  static float[][] randomTable(long seed) {
    Random random = new Random(seed);
    float[][] table = new float[WORDS][16];
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian() * 0.1f;
      }
    }
    return table;
  }
}
