package dev.embedlab.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The README of a saved model: what it is and how it came to be.
 *
 * @param title first heading
 * @param summary one paragraph
 * @param pythonClass the class of sentence-transformers that opens it
 * @param tags for model hubs
 * @param sections heading to a table of names and values: data, parameters, scores, provenance
 */
public record ModelCard(
    String title,
    String summary,
    String pythonClass,
    List<String> tags,
    Map<String, Map<String, String>> sections) {

  public ModelCard {
    tags = List.copyOf(tags);
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** A card that only describes the model. */
  public static ModelCard of(EmbeddingModel model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Architecture", model.checkpoint().network().backbone().modelType());
    facts.put("Parameters", "%,d".formatted(model.checkpoint().weights().count()));
    facts.put("Dimensions", Integer.toString(model.dimension()));
    facts.put(
        "Maximum length",
        model.maxTokens().isPresent() ? model.maxTokens().getAsInt() + " tokens" : "none");
    facts.put("Similarity", model.similarity().name().toLowerCase(java.util.Locale.ROOT));
    return new ModelCard(
        model.name(),
        "A sentence embedding model: it maps texts to vectors that are close when the texts are.",
        "SentenceTransformer",
        List.of("sentence-transformers", "sentence-similarity", "feature-extraction"),
        Map.of("Model", facts));
  }

  static ModelCard of(CrossEncoder model) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Architecture", model.checkpoint().network().backbone().modelType());
    facts.put("Parameters", "%,d".formatted(model.checkpoint().weights().count()));
    facts.put("Labels", Integer.toString(model.labels()));
    facts.put("Maximum length", model.maxTokens() + " tokens");
    return new ModelCard(
        model.name(),
        "A cross-encoder: it scores how well the second text of a pair answers the first.",
        "CrossEncoder",
        List.of("sentence-transformers", "cross-encoder", "reranker"),
        Map.of("Model", facts));
  }

  /** The same with one more table. */
  public ModelCard with(String heading, Map<String, String> values) {
    Map<String, Map<String, String>> more = new LinkedHashMap<>(sections);
    more.put(heading, new LinkedHashMap<>(values));
    return new ModelCard(title, summary, pythonClass, tags, more);
  }

  /** The Markdown text, with the front matter that model hubs read. */
  String markdown() {
    StringBuilder text = new StringBuilder("---\nlibrary_name: sentence-transformers\ntags:\n");
    tags.forEach(tag -> text.append("- ").append(tag).append('\n'));
    text.append("---\n\n# ").append(title).append("\n\n").append(summary).append('\n');
    sections.forEach(
        (heading, rows) -> {
          text.append("\n## ").append(heading).append("\n\n| | |\n|---|---|\n");
          rows.forEach(
              (key, value) ->
                  text.append("| ")
                      .append(cell(key))
                      .append(" | ")
                      .append(cell(value))
                      .append(" |\n"));
        });
    return text.append(use()).toString();
  }

  private String use() {
    String call =
        pythonClass.equals("CrossEncoder")
            ? "model.predict([(\"a query\", \"a document\")])"
            : "model.encode([\"a text\"])";
    return """

        ## Use

        ```python
        from sentence_transformers import %1$s

        model = %1$s("path/to/this/folder")
        print(%2$s)
        ```
        """
        .formatted(pythonClass, call);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
