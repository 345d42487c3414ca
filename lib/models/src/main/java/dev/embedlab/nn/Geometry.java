package dev.embedlab.nn;

/**
 * Constants behind the inputs of a batch.
 *
 * @param headDim width of an attention head, the length of rotary tables
 * @param paddingId id of the padding token, where RoBERTa's positions begin; -1 if there is none
 * @param typeVocabulary number of segment ids; with fewer than 2 all are 0
 * @param window largest distance that local attention reaches, in tokens
 * @param ropeTheta base of the rotary frequencies of full-attention layers
 * @param localRopeTheta the same for local-attention layers
 * @param buckets number of relative position buckets
 */
public record Geometry(
    int headDim,
    int paddingId,
    int typeVocabulary,
    int window,
    double ropeTheta,
    double localRopeTheta,
    int buckets) {

  static Geometry of(int headDim, int paddingId, int typeVocabulary) {
    return new Geometry(headDim, paddingId, typeVocabulary, 0, 0, 0, 0);
  }

  Geometry withRope(double theta, double localTheta, int window) {
    return new Geometry(headDim, paddingId, typeVocabulary, window, theta, localTheta, buckets);
  }

  Geometry withBuckets(int count) {
    return new Geometry(
        headDim, paddingId, typeVocabulary, window, ropeTheta, localRopeTheta, count);
  }
}
