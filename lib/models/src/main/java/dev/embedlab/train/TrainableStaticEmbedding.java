package dev.embedlab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.embedlab.engine.OwnedArrays;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.torchscript.Argument;
import dev.embedlab.torchscript.TorchScriptModule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A table of token vectors; a text is the mean of the rows of its tokens. */
public final class TrainableStaticEmbedding implements TrainableEncoder {

  static final String WEIGHT = "embedding.weight";

  private static final String SOURCE =
      """
      def mean(self: __torch__.M, table: List[Tensor], ids: Tensor, offsets: Tensor) -> Tensor:
        bag, _0, _1, _2 = torch.embedding_bag(table[0], ids, offsets, False, 1, False, None, False)
        return bag
      """;

  private final NDManager manager;
  private final TorchScriptModule module;
  private final NDArray table;
  private final TokenizerPipeline tokenizer;
  private final Map<String, int[]> tokens = new ConcurrentHashMap<>();

  /**
   * @param table {@code [vocabulary][dim]}, the weights to start from; copied
   * @param tokenizer whose vocabulary is as high as the table
   */
  public TrainableStaticEmbedding(float[][] table, TokenizerPipeline tokenizer) {
    this.manager = NDManager.newBaseManager("PyTorch");
    this.module = TorchScriptModule.compile(manager, SOURCE);
    this.table = manager.create(table);
    this.table.setRequiresGradient(true);
    this.tokenizer = tokenizer;
  }

  @Override
  public void prepare(List<String> texts) {
    texts.parallelStream().forEach(this::tokens);
  }

  private int[] tokens(String text) {
    return tokens.computeIfAbsent(text, t -> StaticEmbedding.ids(tokenizer, t));
  }

  @Override
  public NDArray forward(NDManager step, List<String> texts, boolean training) {
    long[] offsets = new long[texts.size()];
    int total = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = total;
      total += tokens(texts.get(i)).length;
    }
    long[] ids = new long[total];
    int next = 0;
    for (String text : texts) {
      for (int id : tokens(text)) {
        ids[next++] = id;
      }
    }
    return module
        .runDifferentiable(
            step,
            "mean",
            Argument.of(List.of(table)),
            Argument.of(OwnedArrays.create(step, ids)),
            Argument.of(OwnedArrays.create(step, offsets)))
        .singletonOrThrow();
  }

  @Override
  public List<NDArray> forwardAll(NDManager step, List<List<String>> columns, boolean training) {
    return forwardJoined(step, columns, training);
  }

  @Override
  public Map<String, NDArray> weights() {
    return Map.of(WEIGHT, table);
  }

  /** {@code [vocabulary][dim]}, a copy of the weights as they are now. */
  public float[][] table() {
    long dimension = table.getShape().get(1);
    float[] flat = table.toFloatArray();
    float[][] rows = new float[Math.toIntExact(table.getShape().get(0))][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          java.util.Arrays.copyOfRange(flat, (int) (i * dimension), (int) ((i + 1) * dimension));
    }
    return rows;
  }

  @Override
  public StaticEmbedding snapshot(String name) {
    return new StaticEmbedding(name, table(), tokenizer);
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
