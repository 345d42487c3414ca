package dev.embedlab.bench;

import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Encoder;
import dev.embedlab.evaluate.Comparison;
import dev.embedlab.evaluate.RetrievalEvaluator;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.lucene.Bm25;
import dev.embedlab.progress.Progress;
import dev.embedlab.search.DenseRetriever;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.text.BertNormalizer;
import dev.embedlab.tokenize.text.NormalizerSequence;
import dev.embedlab.tokenize.text.Replace;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import dev.embedlab.train.BatchSampler;
import dev.embedlab.train.StaticEmbeddingTrainer;
import dev.embedlab.train.TrainableTransformer;
import dev.embedlab.train.Trainer;
import dev.embedlab.train.TrainingExample;
import dev.embedlab.train.TrainingPairs;
import dev.embedlab.train.scratch.MaskedLanguageModel;
import dev.embedlab.train.scratch.NewTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What fine-tuning brings on real data: BM25, and models from nothing before and after training on
 * the train split, by nDCG@10 on the test split with intervals and paired tests.
 *
 * <pre>
 * FineTunedResults DATA                  static embedding
 * FineTunedResults DATA transformer      and a transformer of 2 layers, pretrained on the corpus
 * </pre>
 */
public final class FineTunedResults {

  private final RetrievalDataset data;
  private final List<TrainingExample> pairs;
  private final List<RetrievalResult> results = new ArrayList<>();
  private long start = System.nanoTime();

  private FineTunedResults(RetrievalDataset data) {
    this.data = data;
    this.pairs = TrainingPairs.of(data, "train");
  }

  public static void main(String[] args) throws IOException {
    var run = new FineTunedResults(Datasets.open(args[0]));
    System.out.println(run.data + ", " + run.pairs.size() + " training pairs");
    run.bm25();
    run.staticEmbedding();
    if (args.length > 1 && args[1].equals("transformer")) {
      run.transformer();
    }
    System.out.println(Comparison.of("ndcg@10", run.results.toArray(RetrievalResult[]::new)));
  }

  private void bm25() {
    RetrievalEvaluator evaluator = evaluator();
    report(evaluator.evaluate(Bm25.of(data.corpus()), data, "test"));
  }

  private void staticEmbedding() {
    for (boolean trained : new boolean[] {false, true}) {
      String name = trained ? "static, fine-tuned" : "static, untrained";
      StaticEmbeddingTrainer.Builder builder =
          StaticEmbeddingTrainer.builder().name(name).texts(data.corpus().contents());
      builder.trainer(t -> t.batchSize(Math.min(1024, Math.max(64, pairs.size() / 16))));
      if (!trained) {
        builder.trainer(t -> t.maxSteps(1).learningRate(1e-12));
      }
      measure(builder.train(pairs));
    }
  }

  private void transformer() throws IOException {
    List<String> texts = data.corpus().contents();
    Path folder = Files.createTempDirectory("transformer");
    try (EmbeddingModel model =
        NewTransformer.bert(tokenizer(texts)).layers(2).hidden(128).maxTokens(48).open(folder)) {
      measure("transformer, untrained", model);
      try (var mlm = new MaskedLanguageModel(model, 42)) {
        mlm.pretrain(
            texts,
            new MaskedLanguageModel.Settings(1, 64, 48, 1e-3, true, false, 42),
            new Lines("pretraining"));
      }
      measure("transformer, pretrained", model);
      try (var encoder = new TrainableTransformer(model)) {
        Trainer.builder()
            .sampler(BatchSampler.noDuplicates().withoutShortBatches())
            .batchSize(128)
            .epochs(5)
            .learningRate(1e-3)
            .progress(new Lines("fine-tuning"))
            .build()
            .train(encoder, pairs);
        measure("transformer, fine-tuned", model);
      }
    }
  }

  /** As static models have it: {@code readHTMLFile} becomes {@code read html file}. */
  private static TokenizerPipeline tokenizer(List<String> texts) {
    Pattern seam = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    return TokenizerTrainer.bert(8_000)
        .withNormalizer(NormalizerSequence.of(new Replace(seam, " "), BertNormalizer.uncased()))
        .train(texts);
  }

  /** A line every hundredth step. */
  private static final class Lines implements Progress, Progress.Task {
    private final String name;
    private final long start = System.nanoTime();
    private long done;
    private long total;

    Lines(String name) {
      this.name = name;
    }

    @Override
    public Task start(String label, long steps) {
      total = steps;
      return this;
    }

    @Override
    public void advance(long steps) {
      done += steps;
    }

    @Override
    public void note(String remark) {
      if (done % 100 == 0) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT, "  %s %d of %d, %.0f s, %s%n", name, done, total, seconds, remark);
      }
    }

    @Override
    public void close() {}
  }

  private void measure(String name, EmbeddingModel model) {
    try (DenseRetriever retriever = DenseRetriever.of(model, data.corpus())) {
      var run = retriever.retrieve(data.queries("test"), 100).named(name);
      report(evaluator().evaluate(run, data.qrels("test")));
    }
  }

  private void measure(Encoder encoder) {
    try (DenseRetriever retriever = DenseRetriever.of(encoder, data.corpus())) {
      report(evaluator().evaluate(retriever, data, "test"));
    }
  }

  private static RetrievalEvaluator evaluator() {
    return RetrievalEvaluator.standard().withMetrics("ndcg@10").withDepth(100);
  }

  private void report(RetrievalResult result) {
    double seconds = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    results.add(result);
    System.out.printf(
        Locale.ROOT,
        "%-26s nDCG@10 %s   %.0f s%n",
        result.system(),
        result.interval("ndcg@10"),
        seconds);
  }
}
