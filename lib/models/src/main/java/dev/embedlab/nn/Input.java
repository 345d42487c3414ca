package dev.embedlab.nn;

/** What a backbone needs to know about a batch, all computed from ids and attention mask. */
public enum Input {
  /** Token ids, {@code int64 [batch][tokens]}. */
  IDS,
  /** Segment of each token (0 or 1), {@code int64 [batch][tokens]}. */
  TYPE_IDS,
  /** {@code 0, 1, 2, ...}, {@code int64 [batch][tokens]}. */
  POSITIONS,
  /** RoBERTa's positions: padding id + 1, + 2, ...; padding keeps its own id. */
  OFFSET_POSITIONS,
  /**
   * 0 for keys that may be seen, a large negative number for padding: {@code
   * [batch][1][1][tokens]}.
   */
  KEY_BIAS,
  /** As {@link #KEY_BIAS}, and only inside the local window: {@code [batch][1][tokens][tokens]}. */
  LOCAL_BIAS,
  /** As {@link #KEY_BIAS}, and only keys at or before the query. */
  CAUSAL_BIAS,
  /** As {@link #CAUSAL_BIAS}, and only the last keys of a sliding window. */
  LOCAL_CAUSAL_BIAS,
  /** One over the number of tokens of the text, 0 for padding: {@code [batch][1][tokens]}. */
  MEAN_WEIGHTS,
  /** 1 for the last token that is not the padding token, else 0: {@code [batch][1][tokens]}. */
  LAST_TOKEN,
  /** T5's buckets of relative distances, {@code int64 [tokens][tokens]}. */
  RELATIVE_BUCKETS,
  /** Rotary tables of full-attention layers, {@code [tokens][headDim]}. */
  COS,
  SIN,
  /** Rotary tables of local-attention layers. */
  LOCAL_COS,
  LOCAL_SIN
}
