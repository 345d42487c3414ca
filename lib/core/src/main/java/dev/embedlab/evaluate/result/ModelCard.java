package dev.embedlab.evaluate.result;

/**
 * What a leaderboard shows of a model beside its scores.
 *
 * @param name for example {@code org/name}
 * @param revision of the weights; {@code no_revision_available} if there is none
 * @param dimension of the vectors; 0 if not known
 * @param parameters number of weights; 0 if not known
 * @param textsPerSecond encoding speed; 0 if not measured
 */
public record ModelCard(
    String name, String revision, int dimension, long parameters, double textsPerSecond) {

  /** Stands for a revision that is not known, as MTEB writes it. */
  public static final String NO_REVISION = "no_revision_available";

  /** A model of which only the name is known. */
  public ModelCard(String name) {
    this(name, NO_REVISION, 0, 0, 0);
  }

  /** The same model under another name. */
  public ModelCard named(String other) {
    return new ModelCard(other, revision, dimension, parameters, textsPerSecond);
  }
}
