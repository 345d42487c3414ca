package dev.embedlab.checkpoint;

import dev.embedlab.config.ConfigException;
import dev.embedlab.engine.Weights;
import dev.embedlab.nn.StaticBackbone;
import dev.embedlab.safetensors.DType;
import dev.embedlab.safetensors.TensorInfo;
import dev.embedlab.safetensors.TensorStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * The table of a static model. Model2Vec may share rows between tokens ({@code mapping}, row of
 * each token), keep token weights apart ({@code weights}) and store rows in 8 bits; all of that is
 * multiplied out on loading, so that the rest knows one row for each token. <a
 * href="https://github.com/MinishLab/model2vec">MinishLab/model2vec</a>, StaticModel.
 */
final class StaticTable implements CheckpointReader.Source {

  private static final int MAX_DIMENSION = 1 << 17;
  private static final String MAPPING = "mapping";
  private static final String WEIGHTS = "weights";

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TensorStore store;
  private final String name;
  private final TensorInfo rows;

  private StaticTable(TensorStore store, String name, TensorInfo rows) {
    this.store = store;
    this.name = name;
    this.rows = rows;
  }

  static StaticTable of(TensorStore store) {
    String name =
        store.tensors().containsKey(StaticBackbone.TABLE) ? StaticBackbone.TABLE : "embeddings";
    TensorInfo rows = store.tensors().get(name);
    if (rows == null || rows.shape().size() != 2 || rows.shape().getLast() > MAX_DIMENSION) {
      throw new ConfigException(
          store.folder(), "the weights have no table 'embedding.weight' or 'embeddings'.");
    }
    StaticTable table = new StaticTable(store, name, rows);
    table.requireVector(WEIGHTS, Set.of(DType.F16, DType.BF16, DType.F32, DType.F64));
    table.requireVector(MAPPING, Set.of(DType.I32, DType.I64));
    if (!rows.dtype().isFloat() && rows.dtype() != DType.I8) {
      throw new ConfigException(
          store.folder(), "the table '%s' is %s, not floats.".formatted(name, rows.dtype()));
    }
    return table;
  }

  private void requireVector(String part, Set<DType> types) {
    TensorInfo info = store.tensors().get(part);
    if (isComposed()
        && info != null
        && !(info.shape().size() == 1 && types.contains(info.dtype()))) {
      throw new ConfigException(
          store.folder(),
          "'%s' is %s %s, but must be a vector of %s."
              .formatted(part, info.dtype(), info.shape(), types));
    }
  }

  /** Only Model2Vec's name of the table goes with its other parts. */
  private boolean isComposed() {
    return !name.equals(StaticBackbone.TABLE) && (has(MAPPING) || has(WEIGHTS));
  }

  private boolean has(String part) {
    return store.tensors().containsKey(part);
  }

  int dimension() {
    return rows.shape().getLast().intValue();
  }

  /** Number of tokens. */
  long vocabulary() {
    if (!isComposed()) {
      return rows.shape().getFirst();
    }
    return store.tensors().get(has(MAPPING) ? MAPPING : WEIGHTS).shape().getFirst();
  }

  @Override
  public void load(Weights weights) {
    if (!isComposed() && rows.dtype().isFloat()) {
      weights.load(StaticBackbone.TABLE, store, name);
      return;
    }
    int dimension = dimension();
    int tokens = Math.toIntExact(vocabulary());
    float[] stored = values(name);
    float[] scales = has(WEIGHTS) && isComposed() ? values(WEIGHTS) : new float[0];
    float[] table = new float[Math.multiplyExact(tokens, dimension)];
    for (int token = 0; token < tokens; token++) {
      int row = row(token);
      float scale = token < scales.length ? scales[token] : 1;
      for (int i = 0; i < dimension; i++) {
        table[token * dimension + i] = stored[row * dimension + i] * scale;
      }
    }
    weights.add(StaticBackbone.TABLE, table, tokens, dimension);
  }

  private int row(int token) {
    if (!has(MAPPING) || !isComposed()) {
      return checkedRow(token, token);
    }
    MemorySegment mapping = store.bytes(MAPPING);
    boolean wide = store.tensors().get(MAPPING).dtype() == DType.I64;
    return checkedRow(token, wide ? mapping.get(LONG, 8L * token) : mapping.get(INT, 4L * token));
  }

  private int checkedRow(int token, long row) {
    if (row < 0 || row >= rows.shape().getFirst()) {
      throw new ConfigException(
          store.folder(),
          "token %d maps to row %d, but the table has %d rows."
              .formatted(token, row, rows.shape().getFirst()));
    }
    return (int) row;
  }

  private float[] values(String part) {
    if (store.tensors().get(part).dtype() != DType.I8) {
      return store.floats(part);
    }
    MemorySegment bytes = store.bytes(part);
    float[] values = new float[Math.toIntExact(bytes.byteSize())];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(ValueLayout.JAVA_BYTE, i);
    }
    return values;
  }

  @Override
  public String prefix() {
    return "";
  }

  @Override
  public List<String> unused() {
    return store.tensors().keySet().stream()
        .filter(part -> !part.equals(name))
        .filter(part -> !isComposed() || !Set.of(MAPPING, WEIGHTS).contains(part))
        .toList();
  }
}
