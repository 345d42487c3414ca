package dev.embedlab.word2vec;

/** Draws noise words with probability proportional to {@code count^0.75}. */
final class NoiseSampler {

  private static final double POWER = 0.75;
  private static final int TABLE_BITS = 20;

  private final int[] table = new int[1 << TABLE_BITS];

  NoiseSampler(Vocabulary vocabulary) {
    double total = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      total += Math.pow(vocabulary.count(id), POWER);
    }
    double cumulative = Math.pow(vocabulary.count(0), POWER) / total;
    int id = 0;
    for (int i = 0; i < table.length; i++) {
      table[i] = id;
      if ((i + 1.0) / table.length > cumulative && id < vocabulary.size() - 1) {
        id++;
        cumulative += Math.pow(vocabulary.count(id), POWER) / total;
      }
    }
  }

  int draw(FastRandom random) {
    return table[random.bits(TABLE_BITS)];
  }
}
