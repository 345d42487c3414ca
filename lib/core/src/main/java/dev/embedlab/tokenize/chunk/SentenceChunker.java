package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * As many whole sentences as fit; a sentence that does not fit by itself is cut between words.
 *
 * @param budget pieces of a chunk
 * @param overlap sentences a chunk repeats of the one before, where they fit
 * @param locale whose rules end a sentence
 */
public record SentenceChunker(TokenBudget budget, int overlap, Locale locale) implements Chunker {

  public SentenceChunker {
    if (overlap < 0) {
      throw new IllegalArgumentException(
          "An overlap of %d sentences makes no sense; give 0 or more.".formatted(overlap));
    }
  }

  @Override
  public String name() {
    return "sentences up to %d, overlap %d".formatted(budget.maxPieces(), overlap);
  }

  @Override
  public List<Chunk> chunk(Document document) {
    String text = document.text();
    List<Span> sentences = new ArrayList<>();
    for (Span sentence : Sentences.sentences(text, new Span(0, text.length()), locale)) {
      sentences.addAll(new Packing(text, budget).fitting(sentence));
    }
    return Span.toChunks(document, pack(text, sentences));
  }

  private List<Span> pack(String text, List<Span> sentences) {
    List<Span> chunks = new ArrayList<>();
    int from = 0;
    for (int done = 0; done < sentences.size(); ) {
      int to = done + 1;
      while (from < done && !budget.fits(text, sentences.get(from).to(sentences.get(done)))) {
        from++;
      }
      while (to < sentences.size()
          && budget.fits(text, sentences.get(from).to(sentences.get(to)))) {
        to++;
      }
      chunks.add(sentences.get(from).to(sentences.get(to - 1)));
      done = to;
      from = Math.max(from + 1, done - overlap);
    }
    return chunks;
  }
}
