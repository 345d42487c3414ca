package dev.embedlab.table;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Query;
import dev.embedlab.data.Ranking;
import dev.embedlab.data.Run;
import dev.embedlab.display.Html;
import java.util.List;
import java.util.Map;

/**
 * What several systems found for one query, column by column, the relevant documents marked.
 *
 * @param query that was asked
 * @param corpus that was searched
 * @param qrels that say which documents are relevant
 * @param depth how many results are shown, at least 1
 * @param runs one a column
 */
public record SideBySide(Query query, Corpus corpus, Qrels qrels, int depth, List<Run> runs) {

  private static final int CELL_LENGTH = 90;

  public SideBySide {
    runs = List.copyOf(runs);
    if (depth < 1 || runs.isEmpty()) {
      throw new IllegalArgumentException("Show at least one result of at least one run.");
    }
  }

  public static SideBySide of(Query query, Corpus corpus, Qrels qrels, int depth, Run... runs) {
    return new SideBySide(query, corpus, qrels, depth, List.of(runs));
  }

  /** MIME type to content, as a Jupyter kernel sends it. */
  public Map<String, Object> mimeBundle() {
    return new Html(html(), toString()).mimeBundle();
  }

  private String html() {
    StringBuilder out = new StringBuilder("<p><b>").append(Html.escape(query.text()));
    // Columns share the width: names of methods have no blanks to break at and would push others
    // out.
    out.append("</b></p><table style=\"table-layout:fixed;width:100%\"><thead><tr>");
    out.append("<th style=\"width:1.5em\"></th>");
    runs.forEach(
        run -> out.append("<th style=\"text-align:left\">" + Html.escape(run.name()) + "</th>"));
    out.append("</tr></thead><tbody>");
    for (int rank = 0; rank < depth; rank++) {
      out.append("<tr><td>").append(rank + 1).append("</td>");
      for (Run run : runs) {
        boolean relevant = isRelevant(run, rank);
        out.append(
            "<td style=\"text-align:left;vertical-align:top;white-space:normal;overflow-wrap:anywhere");
        out.append(relevant ? ";background:#d5f0e3;color:#111\">" : "\">");
        out.append(Html.escape(cell(run, rank))).append("</td>");
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  private boolean isRelevant(Run run, int rank) {
    Ranking ranking = run.of(query.id());
    return rank < ranking.size()
        && qrels.of(query.id()).getOrDefault(ranking.documentId(rank), 0) > 0;
  }

  private String cell(Run run, int rank) {
    Ranking ranking = run.of(query.id());
    if (rank >= ranking.size()) {
      return "";
    }
    String id = ranking.documentId(rank);
    String shown = corpus.find(id).map(SideBySide::headline).orElse(id);
    String cut =
        shown.length() <= CELL_LENGTH ? shown : shown.substring(0, CELL_LENGTH - 3) + "...";
    return (isRelevant(run, rank) ? "✔ " : "") + cut;
  }

  private static String headline(Document document) {
    return document.title().isBlank() ? document.text() : document.title();
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(query.text());
    for (Run run : runs) {
      out.append('\n').append("  ").append(run.name());
      for (int rank = 0; rank < depth; rank++) {
        out.append("\n    ").append(rank + 1).append(". ").append(cell(run, rank));
      }
    }
    return out.toString();
  }
}
