package dev.embedlab.evaluate.task;

/** The kinds of task, by MTEB's names. */
public enum TaskType {
  RETRIEVAL("Retrieval"),
  RERANKING("Reranking"),
  STS("STS"),
  PAIR_CLASSIFICATION("PairClassification"),
  BITEXT_MINING("BitextMining"),
  CLASSIFICATION("Classification"),
  MULTILABEL_CLASSIFICATION("MultilabelClassification"),
  CLUSTERING("Clustering"),
  SUMMARIZATION("Summarization"),
  ZERO_SHOT_CLASSIFICATION("ZeroShotClassification"),
  INSTRUCTION_RETRIEVAL("InstructionRetrieval");

  private final String mtebName;

  TaskType(String mtebName) {
    this.mtebName = mtebName;
  }

  public String mtebName() {
    return mtebName;
  }
}
