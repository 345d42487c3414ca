package dev.embedlab.store;

import dev.embedlab.encode.EncodeOptions;
import dev.embedlab.encode.Encoder;
import dev.embedlab.encode.Similarity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Remembers what a model made of a text, in a folder, so that no text is embedded twice by the same
 * model under the same role, prompt, normalisation and truncation.
 */
public final class CachedEncoder implements Encoder {

  private final Encoder encoder;
  private final Path folder;
  private final String fingerprint;
  private final Map<Integer, EmbeddingStore> stores = new LinkedHashMap<>();

  /**
   * @param folder for the cache; used by one process at a time
   * @param fingerprint changes whenever the model's vectors do, for example name and revision
   */
  public CachedEncoder(Encoder encoder, Path folder, String fingerprint) {
    this.encoder = encoder;
    this.folder = folder;
    this.fingerprint = fingerprint;
  }

  @Override
  public String name() {
    return encoder.name();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public Similarity similarity() {
    return encoder.similarity();
  }

  @Override
  public OptionalInt maxTokens() {
    return encoder.maxTokens();
  }

  @Override
  public synchronized float[][] encode(List<String> texts, EncodeOptions options) {
    int dim = options.truncateDim() > 0 ? options.truncateDim() : dimension();
    try {
      EmbeddingStore store = store(dim);
      List<String> keys = texts.stream().map(text -> key(text, options)).toList();
      Map<String, String> missing = LinkedHashMap.newLinkedHashMap(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        if (store.row(keys.get(i)).isEmpty()) {
          missing.put(keys.get(i), texts.get(i));
        }
      }
      if (!missing.isEmpty()) {
        float[][] vectors = encoder.encode(new ArrayList<>(missing.values()), options);
        store.append(new ArrayList<>(missing.keySet()), vectors);
      }
      return keys.stream()
          .map(key -> store.vector(store.row(key).orElseThrow()))
          .toArray(float[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddingStore store(int dim) throws IOException {
    EmbeddingStore store = stores.get(dim);
    if (store == null) {
      store = EmbeddingStore.openOrCreate(folder.resolve("dim" + dim), fingerprint, dim);
      stores.put(dim, store);
    }
    return store;
  }

  private static String key(String text, EncodeOptions options) {
    String all =
        "%s\0%s\0%s\0%s".formatted(options.role(), options.prompt(), options.normalization(), text);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Closes the cache and the model. */
  @Override
  public void close() {
    try {
      for (EmbeddingStore store : stores.values()) {
        store.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      stores.clear();
      encoder.close();
    }
  }
}
