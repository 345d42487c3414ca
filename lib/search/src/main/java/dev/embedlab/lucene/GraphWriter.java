package dev.embedlab.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** Lucene's writer, set to build graphs as {@link HnswOptions} say. */
final class GraphWriter {

  private GraphWriter() {}

  /** Positions follow the order of adding: only neighbouring segments are merged. */
  static IndexWriter open(Directory directory, HnswOptions options) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setMergePolicy(new LogDocMergePolicy());
    config.setRAMBufferSizeMB(1024);
    config.setUseCompoundFile(false);
    KnnVectorsFormat format = format(options);
    Codec standard = Codec.getDefault();
    config.setCodec(
        new FilterCodec(standard.getName(), standard) {
          @Override
          public KnnVectorsFormat knnVectorsFormat() {
            return new PerFieldKnnVectorsFormat() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
              }
            };
          }
        });
    return new IndexWriter(directory, config);
  }

  private static KnnVectorsFormat format(HnswOptions options) {
    int m = options.m();
    int beam = options.efConstruction();
    return switch (options.quantization()) {
      case NONE -> new Lucene99HnswVectorsFormat(m, beam);
      case INT8 ->
          new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.UNSIGNED_BYTE, m, beam);
      case INT4 ->
          new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.PACKED_NIBBLE, m, beam);
      case BIT ->
          new Lucene104HnswScalarQuantizedVectorsFormat(
              ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, m, beam);
    };
  }
}
