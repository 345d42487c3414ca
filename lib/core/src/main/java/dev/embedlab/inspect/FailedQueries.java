package dev.embedlab.inspect;

import dev.embedlab.data.Document;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.evaluate.RetrievalResult;
import dev.embedlab.metrics.TrecOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The queries a system did worst on, with what should have come and what came instead. */
public final class FailedQueries {

  private final List<Failure> failures;

  private FailedQueries(List<Failure> failures) {
    this.failures = List.copyOf(failures);
  }

  /**
   * A document in the story of a failure.
   *
   * @param document as the corpus holds it
   * @param rank it was found at, from 1; 0 if it was not found
   * @param grade of relevance; 0 if not relevant or not judged
   * @param sharedTerms words that it has in common with the query
   * @param truncated whether the model saw only its beginning
   * @param duplicate whether its text is, but for spelling, that of a relevant document
   */
  public record Hit(
      Document document,
      int rank,
      int grade,
      Set<String> sharedTerms,
      boolean truncated,
      boolean duplicate) {}

  /**
   * @param query that failed
   * @param value of the metric
   * @param wanted the relevant documents, best grade first
   * @param instead the documents ranked first
   */
  public record Failure(Query query, double value, List<Hit> wanted, List<Hit> instead) {}

  /** The worst queries by a metric, with the three documents that came first. */
  public static FailedQueries of(
      RetrievalResult result, RetrievalDataset data, String split, String metric, int worst) {
    return of(result, data, split, metric, worst, text -> 0, Integer.MAX_VALUE);
  }

  /**
   * @param tokens counts the tokens of a text as the model does
   * @param maxTokens the model sees; longer texts are marked as truncated
   */
  public static FailedQueries of(
      RetrievalResult result,
      RetrievalDataset data,
      String split,
      String metric,
      int worst,
      ToIntFunction<String> tokens,
      int maxTokens) {
    List<String> ids = result.scores().queryIds();
    double[] values = result.perQuery(metric);
    List<Failure> failures = new ArrayList<>();
    IntStream.range(0, ids.size())
        .boxed()
        .sorted(Comparator.comparingDouble(q -> values[q]))
        .filter(q -> data.queries().find(ids.get(q)).isPresent())
        .limit(worst)
        .forEach(
            q -> {
              Query query = data.queries().find(ids.get(q)).orElseThrow();
              Map<String, Integer> grades = data.qrels(split).of(query.id());
              Teller teller =
                  new Teller(
                      data,
                      query,
                      grades,
                      List.of(TrecOrder.ids(result.run().of(query.id()))),
                      tokens,
                      maxTokens);
              failures.add(new Failure(query, values[q], teller.wanted(), teller.instead(3)));
            });
    return new FailedQueries(failures);
  }

  /** Worst first. */
  public List<Failure> failures() {
    return failures;
  }

  private record Teller(
      RetrievalDataset data,
      Query query,
      Map<String, Integer> grades,
      List<String> ranking,
      ToIntFunction<String> tokens,
      int maxTokens) {

    List<Hit> wanted() {
      return grades.entrySet().stream()
          .filter(entry -> entry.getValue() > 0)
          .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
          .flatMap(entry -> data.corpus().find(entry.getKey()).stream())
          .map(this::hit)
          .toList();
    }

    List<Hit> instead(int most) {
      return ranking.stream()
          .limit(most)
          .flatMap(id -> data.corpus().find(id).stream())
          .map(this::hit)
          .toList();
    }

    private Hit hit(Document document) {
      String contents = document.contents();
      return new Hit(
          document,
          ranking.indexOf(document.id()) + 1,
          Math.max(0, grades.getOrDefault(document.id(), 0)),
          Words.shared(query.text(), contents),
          tokens.applyAsInt(contents) > maxTokens,
          repeatsARelevantOne(document));
    }

    private boolean repeatsARelevantOne(Document document) {
      String own = Words.normalized(document.contents());
      return grades.entrySet().stream()
          .filter(e -> e.getValue() > 0 && !e.getKey().equals(document.id()))
          .flatMap(e -> data.corpus().find(e.getKey()).stream())
          .anyMatch(other -> Words.normalized(other.contents()).equals(own));
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Failure failure : failures) {
      text.append(
          String.format(Locale.ROOT, "%.3f  %s%n", failure.value(), failure.query().text()));
      failure.wanted().forEach(hit -> line(text, "wanted", hit));
      failure.instead().forEach(hit -> line(text, "came", hit));
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String what, Hit hit) {
    String contents = hit.document().contents().replace('\n', ' ');
    text.append(
        String.format(
            Locale.ROOT,
            "  %-6s %5s  %s  shares %s%s%s%n",
            what,
            hit.rank() == 0 ? "-" : "#" + hit.rank(),
            contents.length() > 70 ? contents.substring(0, 70) + "..." : contents,
            hit.sharedTerms(),
            hit.truncated() ? ", truncated" : "",
            hit.duplicate() ? ", repeats a relevant document" : ""));
  }
}
