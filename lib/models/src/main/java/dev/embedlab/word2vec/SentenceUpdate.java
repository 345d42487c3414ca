package dev.embedlab.word2vec;

/** The stochastic gradient step on one sentence; one object per thread. */
final class SentenceUpdate {

  /** Beyond this the sigmoid is taken as 0 or 1, as in word2vec.c. */
  private static final float MAX_LOGIT = 6;

  private static final int FLOATS_OF_A_LINE = 16;
  private static final int TABLE_SIZE = 4096;
  private static final float[] SIGMOID = sigmoidTable();

  private final Word2Vec.Settings settings;
  private final float[] input;
  private final float[] output;
  private final NoiseSampler noise;
  private final FastRandom random;
  private final int stride;
  private final float[] gradient;
  private final float[] mean;
  private final int[] targets;
  private float learningRate;

  /** Nobody reads it; without it the compiler would leave out what fetches rows. */
  private float touched;

  /**
   * @param input {@code [words * stride]}, rows padded with zeros to {@link Rows#stride}
   * @param output as input
   */
  SentenceUpdate(
      Word2Vec.Settings settings,
      float[] input,
      float[] output,
      NoiseSampler noise,
      FastRandom random) {
    this.settings = settings;
    this.input = input;
    this.output = output;
    this.noise = noise;
    this.random = random;
    this.stride = Rows.stride(settings.dimension());
    this.gradient = new float[stride];
    this.mean = new float[stride];
    this.targets = new int[1 + settings.negative()];
  }

  private static float[] sigmoidTable() {
    float[] table = new float[TABLE_SIZE];
    for (int i = 0; i < TABLE_SIZE; i++) {
      double x = ((i + 0.5) / TABLE_SIZE * 2 - 1) * MAX_LOGIT;
      table[i] = (float) (1 / (1 + Math.exp(-x)));
    }
    return table;
  }

  void learningRate(float value) {
    learningRate = value;
  }

  FastRandom random() {
    return random;
  }

  /**
   * @param sentence word ids, of which the first {@code length} count
   */
  void apply(int[] sentence, int length) {
    for (int i = 0; i < length; i++) {
      int reach = 1 + random.below(settings.window());
      int from = Math.max(0, i - reach);
      int to = Math.min(length - 1, i + reach);
      switch (settings.architecture()) {
        case SKIP_GRAM -> skipGram(sentence, i, from, to);
        case CBOW -> continuousBagOfWords(sentence, i, from, to);
      }
    }
  }

  private void skipGram(int[] sentence, int center, int from, int to) {
    for (int j = from; j <= to; j++) {
      if (j == center) {
        continue;
      }
      int row = sentence[j] * stride;
      java.util.Arrays.fill(gradient, 0);
      predict(sentence[center], input, row);
      Rows.addScaled(input, row, 1, gradient, 0, stride);
    }
  }

  private void continuousBagOfWords(int[] sentence, int center, int from, int to) {
    int neighbours = to - from;
    if (neighbours == 0) {
      return;
    }
    java.util.Arrays.fill(mean, 0);
    for (int j = from; j <= to; j++) {
      if (j != center) {
        Rows.addScaled(mean, 0, 1f / neighbours, input, sentence[j] * stride, stride);
      }
    }
    java.util.Arrays.fill(gradient, 0);
    predict(sentence[center], mean, 0);
    for (int j = from; j <= to; j++) {
      if (j != center) {
        // As word2vec.c: every neighbour gets the whole gradient, not its share of the mean.
        Rows.addScaled(input, sentence[j] * stride, 1, gradient, 0, stride);
      }
    }
  }

  /** One true word and the noise words; leaves the step of the input row in {@code gradient}. */
  private void predict(int word, float[] from, int row) {
    drawTargets(word);
    for (int n = 0; n < targets.length; n++) {
      if (n > 0 && targets[n] == word) {
        continue;
      }
      int out = targets[n] * stride;
      float logit = Rows.dot(from, row, output, out, stride);
      float step = ((n == 0 ? 1 : 0) - sigmoid(logit)) * learningRate;
      if (step != 0) {
        Rows.addBoth(gradient, output, out, from, row, step, stride);
      }
    }
  }

  /** Reads a value from each cache line of the rows to come, so that they are fetched together. */
  private void drawTargets(int word) {
    targets[0] = word;
    float sum = 0;
    for (int n = 1; n < targets.length; n++) {
      targets[n] = noise.draw(random);
      int row = targets[n] * stride;
      for (int k = 0; k < stride; k += FLOATS_OF_A_LINE) {
        sum += output[row + k];
      }
    }
    touched = sum;
  }

  static float sigmoid(float logit) {
    if (logit >= MAX_LOGIT) {
      return 1;
    }
    if (logit <= -MAX_LOGIT) {
      return 0;
    }
    // Just below the upper end the product is rounded up to the size of the table.
    int index = (int) ((logit + MAX_LOGIT) * (TABLE_SIZE / (2 * MAX_LOGIT)));
    return SIGMOID[Math.min(index, TABLE_SIZE - 1)];
  }
}
