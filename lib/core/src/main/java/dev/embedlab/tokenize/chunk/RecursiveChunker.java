package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts at headings; what does not fit at paragraphs, then at lines, sentences and words. Neighbours
 * that fit together are joined again, but never across a heading.
 *
 * @param budget pieces of a chunk
 * @param locale whose rules end a sentence
 */
public record RecursiveChunker(TokenBudget budget, Locale locale) implements Chunker {

  /** Borders from coarse to fine: Markdown headings, blank lines, line ends. */
  private static final List<Pattern> BORDERS =
      List.of(
          Pattern.compile("(?m)^(?=#{1,6}\\s)"),
          Pattern.compile("\\n\\s*\\n"),
          Pattern.compile("\\n"));

  @Override
  public String name() {
    return "headings and paragraphs up to %d".formatted(budget.maxPieces());
  }

  @Override
  public List<Chunk> chunk(Document document) {
    String text = document.text();
    List<Span> chunks = new ArrayList<>();
    for (Span section : cut(text, new Span(0, text.length()), BORDERS.getFirst())) {
      chunks.addAll(split(text, section, 1));
    }
    return Span.toChunks(document, chunks);
  }

  private List<Span> split(String text, Span part, int level) {
    if (budget.fits(text, part)) {
      return List.of(part);
    }
    List<Span> finer = new ArrayList<>();
    if (level < BORDERS.size()) {
      for (Span piece : cut(text, part, BORDERS.get(level))) {
        finer.addAll(split(text, piece, level + 1));
      }
    } else {
      for (Span sentence : Sentences.sentences(text, part, locale)) {
        finer.addAll(new Packing(text, budget).fitting(sentence));
      }
    }
    return new Packing(text, budget).together(finer);
  }

  /** Cuts behind every match; all characters stay in some part. */
  private static List<Span> cut(String text, Span part, Pattern border) {
    Matcher matcher = border.matcher(text).region(part.start(), part.end());
    List<Span> parts = new ArrayList<>();
    int from = part.start();
    while (matcher.find()) {
      if (matcher.end() > from) {
        parts.add(new Span(from, matcher.end()));
        from = matcher.end();
      }
    }
    if (from < part.end()) {
      parts.add(new Span(from, part.end()));
    }
    return parts;
  }
}
