package dev.embedlab.metrics;

import dev.embedlab.data.Ranking;
import java.util.Arrays;
import java.util.Map;

/**
 * One query's ranking in trec_eval's order with the grade of every hit and the ranks of the
 * relevant ones: what all ranking metrics are computed from, so that sorting and looking up grades
 * happens once, and a metric looks at the few relevant hits only.
 */
public final class JudgedRanking {

  /** Stands in the grades for a document that nobody judged. */
  public static final int UNJUDGED = Integer.MIN_VALUE;

  private final String queryId;
  private final Ranking ranking;
  private final int[] positions;
  private final int[] grades;
  private final int[] relevantRanks;
  private final int[] idealGrades;
  private final int judgedNonRelevant;

  private JudgedRanking(
      String queryId,
      Ranking ranking,
      int[] positions,
      int[] grades,
      Map<String, Integer> judgements) {
    this.queryId = queryId;
    this.ranking = ranking;
    this.positions = positions;
    this.grades = grades;
    this.relevantRanks = relevantRanks(grades);
    this.idealGrades = idealGrades(judgements);
    this.judgedNonRelevant = (int) judgements.values().stream().filter(g -> g == 0).count();
  }

  private static int[] relevantRanks(int[] grades) {
    int[] ranks = new int[grades.length];
    int found = 0;
    for (int i = 0; i < grades.length; i++) {
      if (grades[i] > 0) {
        ranks[found++] = i;
      }
    }
    return Arrays.copyOf(ranks, found);
  }

  /**
   * Puts a ranking into trec_eval's order and looks up its grades.
   *
   * @param judgements document id to grade; grades of 1 and more are relevant
   * @throws IllegalArgumentException if a document occurs twice or a score is NaN
   */
  public static JudgedRanking of(String queryId, Ranking ranking, Map<String, Integer> judgements) {
    int[] positions = TrecOrder.positions(ranking);
    Positions byId = new Positions(ranking);
    if (byId.duplicate() >= 0) {
      throw new IllegalArgumentException(
          "Query '%s' lists the document '%s' twice; keep its best score only."
              .formatted(queryId, ranking.documentId(byId.duplicate())));
    }
    int[] ranks = new int[positions.length];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[positions[rank]] = rank;
    }
    int[] grades = new int[positions.length];
    Arrays.fill(grades, UNJUDGED);
    judgements.forEach(
        (id, grade) -> {
          int position = byId.of(id);
          if (position >= 0) {
            grades[ranks[position]] = grade;
          }
        });
    return new JudgedRanking(queryId, ranking, positions, grades, judgements);
  }

  private static int[] idealGrades(Map<String, Integer> judgements) {
    int[] relevant =
        judgements.values().stream().mapToInt(Integer::intValue).filter(g -> g > 0).toArray();
    Arrays.sort(relevant);
    int[] ideal = new int[relevant.length];
    for (int i = 0; i < ideal.length; i++) {
      ideal[i] = relevant[relevant.length - 1 - i];
    }
    return ideal;
  }

  public String queryId() {
    return queryId;
  }

  /** Number of documents returned. */
  public int size() {
    return positions.length;
  }

  /** Id of the document at a rank, counted from 0. */
  public String documentId(int rank) {
    return ranking.documentId(positions[rank]);
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
    int at = Arrays.binarySearch(relevantRanks, k);
    return at >= 0 ? at : -at - 1;
  }

  /** Rank, counted from 0, of the i-th relevant document that was returned. */
  public int relevantRank(int i) {
    return relevantRanks[i];
  }
}
