package dev.embedlab.nn;

/**
 * Constants behind the inputs of a batch.
 *
 * @param headDim width of an attention head, the length of rotary tables
 * @param paddingId id of the padding token, where RoBERTa's positions begin; -1 if there is none
 * @param typeVocabulary number of segment ids; with fewer than 2 all are 0
 * @param window largest distance that local attention reaches, in tokens
 * @param rotary frequencies of full-attention layers
 * @param localRotary the same for local-attention layers
 * @param buckets number of relative position buckets
 */
public record Geometry(
    int headDim,
    int paddingId,
    int typeVocabulary,
    int window,
    Rotary rotary,
    Rotary localRotary,
    int buckets) {

  static Geometry of(int headDim, int paddingId, int typeVocabulary) {
    return new Geometry(headDim, paddingId, typeVocabulary, 0, Rotary.plain(1), Rotary.plain(1), 0);
  }

  Geometry withRotary(Rotary full, Rotary local, int reach) {
    return new Geometry(headDim, paddingId, typeVocabulary, reach, full, local, buckets);
  }

  Geometry withBuckets(int count) {
    return new Geometry(headDim, paddingId, typeVocabulary, window, rotary, localRotary, count);
  }
}
