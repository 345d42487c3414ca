package dev.embedlab.metrics;

import dev.embedlab.data.Ranking;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One query's ranking in trec_eval's order with the grade of every hit: what all ranking metrics
 * are computed from, so that sorting and looking up grades happens once.
 */
public final class JudgedRanking {

  /** Stands in the grades for a document that nobody judged. */
  public static final int UNJUDGED = Integer.MIN_VALUE;

  private final String queryId;
  private final String[] ids;
  private final int[] grades;
  private final int[] idealGrades;
  private final int judgedNonRelevant;

  private JudgedRanking(
      String queryId, String[] ids, int[] grades, int[] idealGrades, int judgedNonRelevant) {
    this.queryId = queryId;
    this.ids = ids;
    this.grades = grades;
    this.idealGrades = idealGrades;
    this.judgedNonRelevant = judgedNonRelevant;
  }

  /**
   * Puts a ranking into trec_eval's order and looks up its grades.
   *
   * @param judgements document id to grade; grades of 1 and more are relevant
   * @throws IllegalArgumentException if a document occurs twice or a score is NaN
   */
  public static JudgedRanking of(String queryId, Ranking ranking, Map<String, Integer> judgements) {
    String[] ids = TrecOrder.ids(ranking);
    rejectDuplicates(queryId, ids);
    int[] grades = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Integer grade = judgements.get(ids[i]);
      grades[i] = grade == null ? UNJUDGED : grade;
    }
    int[] relevant =
        judgements.values().stream().mapToInt(Integer::intValue).filter(g -> g > 0).toArray();
    Arrays.sort(relevant);
    int[] ideal = new int[relevant.length];
    for (int i = 0; i < ideal.length; i++) {
      ideal[i] = relevant[relevant.length - 1 - i];
    }
    int nonRelevant = (int) judgements.values().stream().filter(g -> g == 0).count();
    return new JudgedRanking(queryId, ids, grades, ideal, nonRelevant);
  }

  private static void rejectDuplicates(String queryId, String[] ids) {
    Set<String> seen = HashSet.newHashSet(ids.length);
    for (String id : ids) {
      if (!seen.add(id)) {
        throw new IllegalArgumentException(
            "Query '%s' lists the document '%s' twice; keep its best score only."
                .formatted(queryId, id));
      }
    }
  }

  public String queryId() {
    return queryId;
  }

  /** Number of documents returned. */
  public int size() {
    return ids.length;
  }

  /** Id of the document at a rank, counted from 0. */
  public String documentId(int rank) {
    return ids[rank];
  }

  /** Grade of the document at a rank, or {@link #UNJUDGED}. */
  public int grade(int rank) {
    return grades[rank];
  }

  public boolean isRelevant(int rank) {
    return grades[rank] > 0;
  }

  /** Number of documents judged relevant, returned or not. */
  public int relevant() {
    return idealGrades.length;
  }

  /** Number of documents judged not relevant (grade 0), returned or not. */
  public int judgedNonRelevant() {
    return judgedNonRelevant;
  }

  /** Grade at a rank of the best possible ranking; ranks below {@link #relevant()}. */
  public int idealGrade(int rank) {
    return idealGrades[rank];
  }

  /** Relevant documents among the first {@code k}. */
  public int relevantIn(int k) {
    int found = 0;
    for (int i = 0; i < Math.min(k, grades.length); i++) {
      if (grades[i] > 0) {
        found++;
      }
    }
    return found;
  }
}
