package dev.embedlab.lucene;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/** The Lucene side of {@link Bm25}: documents, terms, files. */
final class TermIndex implements AutoCloseable {

  private static final String ID = "id";
  static final String CONTENTS = "contents";
  private static final String ANALYZER = "embedlab.analyzer";

  static {
    Quiet.please();
    // A whole document may be the query; Lucene's limit of 1,024 terms guards against typed
    // wildcards.
    IndexSearcher.setMaxClauseCount(65_536);
  }

  private final Directory directory;
  private final String analyzerName;
  private final Analyzer analyzer;
  private final Snapshots<Snapshot> snapshots;

  private TermIndex(
      Directory directory, String analyzerName, Analyzer analyzer, Snapshots<Snapshot> snapshots) {
    this.directory = directory;
    this.analyzerName = analyzerName;
    this.analyzer = analyzer;
    this.snapshots = snapshots;
  }

  static TermIndex inMemory(Corpus corpus, String analyzer) throws IOException {
    return build(TemporaryDirectory.create(), corpus, analyzer);
  }

  static TermIndex create(Path folder, Corpus corpus, String analyzer) throws IOException {
    return build(Snapshots.newFolder(folder), corpus, analyzer);
  }

  static TermIndex open(Path folder) throws IOException {
    Snapshots<Snapshot> snapshots = Snapshots.open(folder, Snapshot::of);
    try {
      String name =
          snapshots.use(
              snapshot -> {
                String found = snapshot.reader().getIndexCommit().getUserData().get(ANALYZER);
                if (found == null) {
                  throw new IOException("it was written by another program");
                }
                return found;
              });
      return new TermIndex(snapshots.directory(), name, Analyzers.named(name), snapshots);
    } catch (UncheckedIOException e) {
      snapshots.close();
      throw e.getCause();
    } catch (RuntimeException e) {
      snapshots.close();
      throw e;
    }
  }

  private static TermIndex build(Directory directory, Corpus corpus, String name)
      throws IOException {
    Analyzer analyzer = Analyzers.named(name);
    try (IndexWriter writer = writer(directory, analyzer)) {
      for (Document document : corpus) {
        writer.addDocument(fields(document));
      }
      writer.forceMerge(1);
      commit(writer, name);
    }
    return new TermIndex(directory, name, analyzer, Snapshots.of(directory, Snapshot::of));
  }

  void add(Collection<Document> documents) throws IOException {
    change(
        writer -> {
          for (Document document : documents) {
            writer.updateDocument(new Term(ID, document.id()), fields(document));
          }
        });
  }

  void delete(Collection<String> ids) throws IOException {
    change(
        writer -> {
          for (String id : ids) {
            writer.deleteDocuments(new Term(ID, id));
          }
        });
  }

  private interface Change {
    void on(IndexWriter writer) throws IOException;
  }

  private synchronized void change(Change change) throws IOException {
    try (IndexWriter writer = writer(directory, analyzer)) {
      change.on(writer);
      commit(writer, analyzerName);
    }
    snapshots.maybeRefreshBlocking();
  }

  /** Only neighbouring segments are merged, so document numbers keep the order of adding. */
  private static IndexWriter writer(Directory directory, Analyzer analyzer) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setMergePolicy(new LogDocMergePolicy());
    config.setRAMBufferSizeMB(256);
    return new IndexWriter(directory, config);
  }

  private static void commit(IndexWriter writer, String analyzerName) throws IOException {
    writer.setLiveCommitData(Map.of(ANALYZER, analyzerName).entrySet());
    writer.commit();
  }

  private static Iterable<Field> fields(Document document) {
    return List.of(
        new StringField(ID, document.id(), Field.Store.NO),
        new BinaryDocValuesField(ID, new BytesRef(document.id())),
        new TextField(CONTENTS, document.contents(), Field.Store.NO));
  }

  /** The bag of terms of a text: a repeated term counts as often as it stands there. */
  Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    terms(text).forEach(term -> counts.merge(term, 1, Integer::sum));
    return counts;
  }

  /** The bag of terms as Lucene asks for it. */
  static Query query(Map<String, Integer> counts) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    counts.forEach(
        (term, count) ->
            query.add(
                new BoostQuery(new TermQuery(new Term(CONTENTS, term)), count),
                BooleanClause.Occur.SHOULD));
    return query.build();
  }

  List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    try (TokenStream tokens = analyzer.tokenStream(CONTENTS, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return terms;
  }

  String analyzerName() {
    return analyzerName;
  }

  Snapshots<Snapshot> snapshots() {
    return snapshots;
  }

  @Override
  public void close() throws IOException {
    snapshots.close();
    analyzer.close();
  }

  /** The state of the index at one time. */
  record Snapshot(DirectoryReader reader, String[] ids, Map<String, Integer> documents)
      implements Snapshots.Snapshot {

    static Snapshot of(DirectoryReader reader) throws IOException {
      String[] ids = new String[reader.maxDoc()];
      Map<String, Integer> documents = HashMap.newHashMap(reader.numDocs());
      for (LeafReaderContext leaf : reader.leaves()) {
        BinaryDocValues values = leaf.reader().getBinaryDocValues(ID);
        var live = leaf.reader().getLiveDocs();
        for (int i = 0; i < leaf.reader().maxDoc(); i++) {
          if (values.advanceExact(i) && (live == null || live.get(i))) {
            ids[leaf.docBase + i] = values.binaryValue().utf8ToString();
            documents.put(ids[leaf.docBase + i], leaf.docBase + i);
          }
        }
      }
      return new Snapshot(reader, ids, documents);
    }

    int size() {
      return documents.size();
    }

    String id(int document) {
      return ids[document];
    }

    int document(String id) {
      Integer found = documents.get(id);
      if (found == null) {
        throw new IllegalArgumentException(
            "The index has no document '%s'; check the id.".formatted(id));
      }
      return found;
    }
  }
}
