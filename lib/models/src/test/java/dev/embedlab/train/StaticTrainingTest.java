package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.model.WordLevel;
import dev.embedlab.tokenize.split.WhitespaceSplit;
import dev.embedlab.train.loss.Matryoshka;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StaticTrainingTest {

  private static final int WORDS = 60;
  private static final TokenizerPipeline TOKENIZER = tokenizer();

  /** Words are numbers; the id of a word is itself. */
  private static TokenizerPipeline tokenizer() {
    List<String> words = IntStream.range(0, WORDS).mapToObj(Integer::toString).toList();
    return TokenizerPipeline.builder(new WordLevel(Vocabulary.of(words), "0"))
        .preTokenizer(new WhitespaceSplit())
        .build();
  }

  /** Word n means the same as word n + 30; the training pairs are the only place that says so. */
  private static List<TrainingExample> pairs(int count) {
    Random random = new Random(3);
    List<TrainingExample> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int a = random.nextInt(30);
      int b = random.nextInt(30);
      pairs.add(TrainingExample.pair(a + " " + b, (a + 30) + " " + (b + 30)));
    }
    return pairs;
  }

  private static float[][] randomTable(long seed) {
    Random random = new Random(seed);
    float[][] table = new float[WORDS][16];
    for (float[] row : table) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian() * 0.1f;
      }
    }
    return table;
  }

  private static Trainer.Builder trainer() {
    return Trainer.builder().epochs(4).batchSize(32).learningRate(0.02).clipNorm(0);
  }

  private static int found(StaticEmbedding model, int dimensions) {
    EncodeOptions options = EncodeOptions.defaults().withTruncateDim(dimensions);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      texts.add(Integer.toString(i));
    }
    float[][] rows = model.encode(texts, options);
    int right = 0;
    for (int i = 0; i < 30; i++) {
      int best = 30;
      for (int j = 30; j < WORDS; j++) {
        best = cosine(rows[i], rows[j]) > cosine(rows[i], rows[best]) ? j : best;
      }
      right += best == i + 30 ? 1 : 0;
    }
    return right;
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void learnsWhatThePairsSay() {
    try (var encoder = new TrainableStaticEmbedding(randomTable(1), TOKENIZER)) {
      int before = found(new StaticEmbedding("before", encoder.table(), TOKENIZER), 0);
      TrainingHistory history = trainer().build().train(encoder, pairs(1000));
      int after = found(new StaticEmbedding("after", encoder.table(), TOKENIZER), 0);
      assertThat(history.lastLoss(5)).isLessThan(history.losses().getFirst() / 2);
      assertThat(before).isLessThan(8);
      assertThat(after).isEqualTo(30);
    }
  }

  @Test
  void matryoshkaKeepsShortVectorsUseful() {
    try (var encoder = new TrainableStaticEmbedding(randomTable(1), TOKENIZER)) {
      var loss = new Matryoshka(new MultipleNegativesRanking(), List.of(16, 4));
      trainer().loss(loss).build().train(encoder, pairs(1000));
      assertThat(found(new StaticEmbedding("m", encoder.table(), TOKENIZER), 4))
          .isGreaterThanOrEqualTo(24);
    }
  }

  @Test
  void sameSeedSameWeights() {
    float[][][] tables = new float[2][][];
    for (int run = 0; run < 2; run++) {
      try (var encoder = new TrainableStaticEmbedding(randomTable(1), TOKENIZER)) {
        trainer().build().train(encoder, pairs(300));
        tables[run] = encoder.table();
      }
    }
    assertThat(Arrays.deepEquals(tables[0], tables[1])).isTrue();
  }

  @Test
  void aTextWithoutTokensIsTheZeroVector() {
    var model = new StaticEmbedding("m", randomTable(2), TOKENIZER);
    assertThat(model.encode(List.of(""))[0]).containsOnly(0f);
  }

  @Test
  void noTextTwiceInABatch() {
    List<TrainingExample> examples = pairs(400);
    List<int[]> batches = BatchSampler.noDuplicates().batches(examples, 32, 5);
    for (int[] batch : batches) {
      List<String> texts =
          Arrays.stream(batch).boxed().flatMap(i -> examples.get(i).texts().stream()).toList();
      assertThat(texts).doesNotHaveDuplicates();
    }
    long all = batches.stream().flatMapToInt(Arrays::stream).distinct().count();
    assertThat(all).isGreaterThanOrEqualTo(398);
  }

  @Test
  void leavesShortBatchesOutUnlessThereIsNoOther() {
    BatchSampler sampler = BatchSampler.shuffled().withoutShortBatches();
    assertThat(sampler.batches(pairs(70), 32, 5)).extracting(b -> b.length).containsExactly(32, 32);
    assertThat(sampler.batches(pairs(50), 32, 5)).extracting(b -> b.length).containsExactly(32, 18);
    assertThat(sampler.batches(pairs(7), 32, 5)).extracting(b -> b.length).containsExactly(7);
  }

  @Test
  void makesAModelOutOfPairsAlone() {
    List<TrainingExample> examples = new ArrayList<>();
    List<String> verbs = List.of("read", "write", "close", "open", "copy", "delete", "sort");
    List<String> nouns = List.of("File", "Stream", "List", "Map", "Matrix", "String", "Table");
    for (String verb : verbs) {
      for (String noun : nouns) {
        String query = "how to " + verb + " one " + noun.toLowerCase(java.util.Locale.ROOT);
        examples.add(TrainingExample.pair(query, "void " + verb + noun + "(int at)"));
      }
    }
    StaticEmbedding model =
        StaticEmbeddingTrainer.builder()
            .vocabularySize(200)
            .dimension(32)
            .trainer(trainer -> trainer.batchSize(16))
            .train(examples);
    float[][] rows = model.encode(List.of("copy a map", "copyMap()", "sortList()"));
    assertThat(cosine(rows[0], rows[1])).isGreaterThan(cosine(rows[0], rows[2]) + 0.2);
    assertThat(model.tokenizer().words("readHTMLFile")).containsExactly("read", "html", "file");
  }
}
