package dev.embedlab.data;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents that are searched, in a fixed order; immutable. */
public final class Corpus implements Iterable<Document> {

  private final List<Document> documents;
  private final Map<String, Integer> positions;

  /**
   * @throws IllegalArgumentException if two documents share an id
   */
  public Corpus(List<Document> documents) {
    this.documents = List.copyOf(documents);
    this.positions = HashMap.newHashMap(documents.size());
    for (int i = 0; i < this.documents.size(); i++) {
      String id = this.documents.get(i).id();
      Integer earlier = positions.put(id, i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "Documents %d and %d share the id '%s'; ids must be unique.".formatted(earlier, i, id));
      }
    }
  }

  public int size() {
    return documents.size();
  }

  public Document get(int position) {
    return documents.get(position);
  }

  public Optional<Document> find(String id) {
    Integer position = positions.get(id);
    return position == null ? Optional.empty() : Optional.of(documents.get(position));
  }

  public List<Document> documents() {
    return documents;
  }

  public List<String> ids() {
    return documents.stream().map(Document::id).toList();
  }

  /** The texts encoders see, in corpus order; see {@link Document#contents()}. */
  public List<String> contents() {
    return documents.stream().map(Document::contents).toList();
  }

  @Override
  public Iterator<Document> iterator() {
    return documents.iterator();
  }

  @Override
  public String toString() {
    return "Corpus[%d documents]".formatted(size());
  }
}
