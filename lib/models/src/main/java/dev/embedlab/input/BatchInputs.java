package dev.embedlab.input;

import dev.embedlab.nn.Geometry;
import dev.embedlab.nn.Input;
import dev.embedlab.nn.Rotary;
import java.util.Arrays;

/** Computes {@link Input}s of a batch. */
public final class BatchInputs {

  /** Far below any attention score, yet finite, so that a row without keys gives no NaN. */
  private static final float MASKED = -1e9f;

  private final TokenBatch batch;
  private final Geometry geometry;

  public BatchInputs(TokenBatch batch, Geometry geometry) {
    this.batch = batch;
    this.geometry = geometry;
  }

  /** One input; shapes are given at {@link Input}. */
  public InputTensor get(Input input) {
    int t = batch.tokens();
    return switch (input) {
      case IDS -> ids(batch.ids());
      case TYPE_IDS -> ids(typeIds());
      case POSITIONS -> ids(positions());
      case OFFSET_POSITIONS -> ids(offsetPositions());
      case KEY_BIAS -> keyBias();
      case LOCAL_BIAS -> pairBias((q, k) -> Math.abs(q - k) <= geometry.window());
      case CAUSAL_BIAS -> pairBias((q, k) -> k <= q);
      case LOCAL_CAUSAL_BIAS -> pairBias((q, k) -> k <= q && q - k < geometry.window());
      case MEAN_WEIGHTS -> tokenWeights((length, i) -> i < length ? 1f / length : 0);
      case LAST_TOKEN -> lastToken();
      case RELATIVE_BUCKETS -> new InputTensor.Longs(RelativeBuckets.table(t), t, t);
      case COS -> rotary(geometry.rotary(), true);
      case SIN -> rotary(geometry.rotary(), false);
      case LOCAL_COS -> rotary(geometry.localRotary(), true);
      case LOCAL_SIN -> rotary(geometry.localRotary(), false);
    };
  }

  private InputTensor ids(long[] values) {
    return new InputTensor.Longs(values, batch.size(), batch.tokens());
  }

  private long[] typeIds() {
    return geometry.typeVocabulary() < 2 ? new long[batch.ids().length] : batch.typeIds();
  }

  private long[] positions() {
    long[] positions = new long[batch.ids().length];
    Arrays.setAll(positions, i -> i % batch.tokens());
    return positions;
  }

  /** Counts tokens other than padding, by id and not by mask, as the reference does. */
  private long[] offsetPositions() {
    long padding = geometry.paddingId();
    long[] positions = new long[batch.ids().length];
    long count = 0;
    for (int i = 0; i < positions.length; i++) {
      count = i % batch.tokens() == 0 ? 0 : count;
      positions[i] = batch.ids()[i] == padding ? padding : padding + ++count;
    }
    return positions;
  }

  private InputTensor keyBias() {
    int t = batch.tokens();
    float[] bias = new float[batch.size() * t];
    for (int i = 0; i < batch.size(); i++) {
      Arrays.fill(bias, i * t + batch.lengths()[i], (i + 1) * t, MASKED);
    }
    return new InputTensor.Floats(bias, batch.size(), 1, 1, t);
  }

  private interface Visible {
    boolean test(int query, int key);
  }

  private InputTensor pairBias(Visible visible) {
    int t = batch.tokens();
    int rows = batch.isPadded() ? batch.size() : 1;
    float[] bias = new float[Math.multiplyExact(Math.multiplyExact(rows, t), t)];
    for (int i = 0; i < bias.length; i++) {
      int key = i % t;
      boolean real = key < batch.lengths()[i / t / t] || rows == 1;
      bias[i] = real && visible.test(i / t % t, key) ? 0 : MASKED;
    }
    return new InputTensor.Floats(bias, rows, 1, t, t);
  }

  /** The last token that is not the padding token, even where the text itself ends with that. */
  private InputTensor lastToken() {
    int t = batch.tokens();
    float[] weights = new float[batch.size() * t];
    for (int row = 0; row < batch.size(); row++) {
      int last = batch.lengths()[row] - 1;
      while (last > 0 && batch.ids()[row * t + last] == geometry.paddingId()) {
        last--;
      }
      weights[row * t + Math.max(0, last)] = 1;
    }
    return new InputTensor.Floats(weights, batch.size(), 1, t);
  }

  private interface TokenWeight {
    float of(int length, int position);
  }

  private InputTensor tokenWeights(TokenWeight weight) {
    int t = batch.tokens();
    float[] weights = new float[batch.size() * t];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight.of(batch.lengths()[i / t], i % t);
    }
    return new InputTensor.Floats(weights, batch.size(), 1, t);
  }

  private InputTensor rotary(Rotary rotary, boolean cosine) {
    int d = geometry.headDim();
    float[] frequencies = rotary.frequencies(d);
    float magnitude = (float) rotary.magnitude();
    float[] table = new float[batch.tokens() * d];
    for (int j = 0; j < d; j++) {
      float frequency = frequencies[j % (d / 2)];
      for (int i = 0; i < batch.tokens(); i++) {
        double angle = i * frequency;
        table[i * d + j] = (float) (cosine ? Math.cos(angle) : Math.sin(angle)) * magnitude;
      }
    }
    return new InputTensor.Floats(table, batch.tokens(), d);
  }
}
