package dev.embedlab.metrics;

/** A measure of one query's ranking; the score of a system is its mean over the queries. */
public interface RankingMetric {

  /** As tables show it and {@link RankingMetrics#parse} reads it, for example {@code ndcg@10}. */
  String name();

  /** The value for one query, between 0 and 1. A query without relevant documents scores 0. */
  double score(JudgedRanking ranking);

  /** The same value as {@link #score}, step by step. */
  Explanation explain(JudgedRanking ranking);
}
