package dev.embedlab.cli;

import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.encode.Similarity;
import dev.embedlab.inspect.LeakAudit;
import dev.embedlab.inspect.MissingJudgements;
import dev.embedlab.inspect.NearDuplicates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code lab inspect}: what is wrong with retrieval data, and where and why a model fails on them.
 */
@Command(
    name = "inspect",
    description = "Looks for leaks, duplicates and missing judgements, and for a model's failures.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Inspect implements Callable<Integer> {

  private static final int SHOWN = 3;

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Option(
      names = "--model",
      description =
          "A checkpoint folder, org/name, bm25 or vectors:QUERIES.npy,DOCS.npy; without, only the "
              + "data are looked at.")
  private String model;

  @Option(
      names = "--near",
      defaultValue = "0.8",
      description = "Jaccard similarity from which texts are near duplicates (default: 0.8).")
  private double near;

  @Option(
      names = "--worst",
      defaultValue = "5",
      description = "Number of failed queries shown (default: 5).")
  private int worst;

  @Option(
      names = "--paraphrases",
      description = "A file of pairs: queries and the same said otherwise.")
  private Path paraphrases;

  @Option(
      names = "--other",
      description = "The same data in another language, with the same ids: how they align.")
  private String other;

  @Option(names = "--labels", description = "A file of labelled texts: are neighbours alike?")
  private Path labels;

  @Override
  public Integer call() throws IOException {
    RetrievalDataset dataset = data.retrieval();
    print(dataset.toString());
    leaks(dataset);
    duplicates(dataset);
    if (model != null) {
      try (OpenModel opened = OpenModel.of(model, "english", Similarity.COSINE)) {
        ModelInspection inspection = new ModelInspection(opened, dataset, data.split, this::print);
        inspection.failures(worst);
        inspection.space(paraphrases);
        inspection.alignment(other);
        inspection.purity(labels);
      }
    }
    data.badRows().skipped().forEach(skipped -> print("! " + skipped));
    return 0;
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
  }

  private void leaks(RetrievalDataset dataset) {
    List<String> tested = dataset.queries(data.split).texts();
    for (String split : dataset.splits().keySet()) {
      if (!split.equals(data.split)) {
        List<String> seen = dataset.queries(split).texts();
        LeakAudit audit = LeakAudit.between(seen, tested, new NearDuplicates(near));
        print("queries of '%s': %s".formatted(split, audit));
        audit.leaks().stream()
            .limit(SHOWN)
            .forEach(
                leak -> print("  %s: %s | %s".formatted(leak.kind(), leak.train(), leak.test())));
      }
    }
  }

  private void duplicates(RetrievalDataset dataset) {
    List<String> texts = dataset.corpus().contents();
    List<NearDuplicates.Match> pairs = new NearDuplicates(near).within(texts);
    print(
        String.format(
            Locale.ROOT, "%,d of %,d documents nearly repeat another", pairs.size(), texts.size()));
    List<MissingJudgements.Missing> missing =
        MissingJudgements.in(dataset, data.split, new NearDuplicates(near)).found();
    print(
        missing.size()
            + " judgements seem to be missing: a twin of a relevant document is not judged");
    missing.stream()
        .sorted(Comparator.comparingDouble(m -> -m.similarity()))
        .limit(SHOWN)
        .forEach(
            m ->
                print(
                    String.format(
                        Locale.ROOT,
                        "  query %s: %s repeats %s (%.2f)",
                        m.queryId(),
                        m.unjudged(),
                        m.judged(),
                        m.similarity())));
  }
}
