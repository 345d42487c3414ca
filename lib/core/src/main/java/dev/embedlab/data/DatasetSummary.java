package dev.embedlab.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Counts of a retrieval data set and remarks on what looks odd in it.
 *
 * @param dataset name
 * @param documents in the corpus
 * @param splits one entry a split
 * @param remarks sentences on empty and repeated texts and on judgements that point nowhere
 */
public record DatasetSummary(
    String dataset, int documents, List<Split> splits, List<String> remarks) {

  /**
   * @param name of the split
   * @param queries with at least one judgement
   * @param judgements of whatever grade
   * @param relevant judgements of grade 1 and more
   */
  public record Split(String name, int queries, int judgements, int relevant) {}

  public DatasetSummary {
    splits = List.copyOf(splits);
    remarks = List.copyOf(remarks);
  }

  public static DatasetSummary of(RetrievalDataset data) {
    List<Split> splits = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    texts(data, remarks);
    data.splits()
        .forEach(
            (name, qrels) -> {
              splits.add(split(name, qrels));
              pointers(data, name, qrels, remarks);
            });
    return new DatasetSummary(data.name(), data.corpus().size(), splits, remarks);
  }

  private static Split split(String name, Qrels qrels) {
    int relevant =
        qrels.asMap().values().stream()
            .mapToInt(grades -> (int) grades.values().stream().filter(g -> g > 0).count())
            .sum();
    return new Split(name, qrels.queryIds().size(), qrels.size(), relevant);
  }

  private static void texts(RetrievalDataset data, List<String> remarks) {
    Set<String> seen = new HashSet<>();
    int empty = 0;
    int repeated = 0;
    for (Document document : data.corpus()) {
      String contents = document.contents();
      empty += contents.isEmpty() ? 1 : 0;
      repeated += !contents.isEmpty() && !seen.add(contents) ? 1 : 0;
    }
    remark(remarks, empty, "documents have no text");
    remark(remarks, repeated, "documents repeat the text of another");
    remark(
        remarks,
        (int) data.queries().all().stream().filter(query -> query.text().isBlank()).count(),
        "queries have no text");
  }

  private static void pointers(
      RetrievalDataset data, String split, Qrels qrels, List<String> remarks) {
    int noQuery = 0;
    int noDocument = 0;
    for (Map.Entry<String, Map<String, Integer>> entry : qrels.asMap().entrySet()) {
      noQuery += data.queries().find(entry.getKey()).isEmpty() ? 1 : 0;
      for (String document : entry.getValue().keySet()) {
        noDocument += data.corpus().find(document).isEmpty() ? 1 : 0;
      }
    }
    remark(remarks, noQuery, "judged queries of split '" + split + "' are not in the queries");
    remark(remarks, noDocument, "judgements of split '" + split + "' name no document");
  }

  private static void remark(List<String> remarks, int count, String what) {
    if (count > 0) {
      remarks.add(String.format(Locale.ROOT, "%,d %s.", count, what));
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%s: %,d documents%n", dataset, documents));
    text.append(
        String.format("  %-10s %9s %11s %9s%n", "split", "queries", "judgements", "relevant"));
    for (Split s : splits) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-10s %,9d %,11d %,9d%n",
              s.name(),
              s.queries(),
              s.judgements(),
              s.relevant()));
    }
    remarks.forEach(remark -> text.append("  ! ").append(remark).append('\n'));
    return text.toString().stripTrailing();
  }
}
