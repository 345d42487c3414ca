package dev.embedlab.tokenize.chunk;

import dev.embedlab.data.Document;
import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of a fixed number of pieces that overlap. They begin and end between words where words
 * are shorter than a window, so that a chunk is tokenized as it was in the text.
 *
 * @param budget pieces of a window
 * @param overlap pieces a window repeats of the one before
 */
public record TokenWindow(TokenBudget budget, int overlap) implements Chunker {

  public TokenWindow {
    if (overlap < 0 || overlap >= budget.maxPieces() - budget.count("")) {
      throw new IllegalArgumentException(
          "An overlap of %d pieces must be at least 0 and less than the %d a window of %d holds."
              .formatted(overlap, budget.maxPieces() - budget.count(""), budget.maxPieces()));
    }
  }

  @Override
  public String name() {
    return "windows of %d, overlap %d".formatted(budget.maxPieces(), overlap);
  }

  @Override
  public List<Chunk> chunk(Document document) {
    String text = document.text();
    Encoding encoding = budget.tokenizer().encode(text, EncodingOptions.withoutSpecialTokens());
    int room = budget.maxPieces() - budget.count("");
    List<Span> spans = new ArrayList<>();
    int from = 0;
    int done = 0;
    while (done < encoding.size()) {
      int to =
          wordBorder(encoding, Math.min(from + room, encoding.size()), Math.max(done, from) + 1);
      Span span = span(encoding, from, to);
      while (to > done + 1 && !budget.fits(text, span)) {
        to = wordBorder(encoding, to - 1, done + 1);
        span = span(encoding, from, to);
      }
      spans.add(span);
      done = to;
      from = Math.min(done, wordBorder(encoding, Math.max(done - overlap, from + 1), from + 1));
    }
    return Span.toChunks(document, spans);
  }

  private static Span span(Encoding encoding, int from, int to) {
    return new Span(encoding.start(from), encoding.end(to - 1));
  }

  /** The last border between words at or before a piece, but not before {@code least}. */
  private static int wordBorder(Encoding encoding, int piece, int least) {
    for (int i = piece; i >= least; i--) {
      if (i == encoding.size() || encoding.word(i) != encoding.word(i - 1)) {
        return i;
      }
    }
    return Math.max(piece, least);
  }
}
