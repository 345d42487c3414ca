package dev.embedlab.input;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.embedlab.config.ConfigException;
import dev.embedlab.tokenize.Encoding;
import dev.embedlab.tokenize.EncodingOptions;
import dev.embedlab.tokenize.TextCutter;
import dev.embedlab.tokenize.Tokenizer;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Any {@code tokenizer.json} as a {@link Tokenizer}, cut by Hugging Face's own library: for files
 * with a normalizer or a pre-tokenizer that {@link TokenizerJson#read(Path)} does not know.
 * Everything else, truncation among it, is done as by the tokenizers of {@link
 * dev.embedlab.tokenize}. Safe for several threads until it is closed.
 */
public final class NativeTokenizer implements Tokenizer, AutoCloseable {

  private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

  private final HuggingFaceTokenizer tokenizer;
  private final Tokenizer pipeline;

  private NativeTokenizer(HuggingFaceTokenizer tokenizer, Path file) throws IOException {
    this.tokenizer = tokenizer;
    this.pipeline = TokenizerJson.read(file, this::cut);
  }

  /**
   * Opens a file.
   *
   * @param file a {@code tokenizer.json}
   * @throws IOException if the file is no tokenizer; the message names it
   */
  public static NativeTokenizer open(Path file) throws IOException {
    HuggingFaceTokenizer tokenizer = create(dev.embedlab.input.TokenizerJson.readPlain(file), file);
    try {
      return new NativeTokenizer(tokenizer, file);
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * The native tokenizer of a file's text; what the file says of truncation and padding is off.
   *
   * @param file named where the text is no tokenizer
   */
  static HuggingFaceTokenizer create(byte[] json, Path file) throws IOException {
    HuggingFaceTokenizer tokenizer;
    try (ByteArrayInputStream in = new ByteArrayInputStream(json)) {
      tokenizer = HuggingFaceTokenizer.newInstance(in, Map.of());
    } catch (RuntimeException e) {
      throw new ConfigException(file, "the file is not a tokenizer: %s".formatted(e.getMessage()));
    }
    try {
      NATIVE.disablePadding(tokenizer.getHandle());
      NATIVE.disableTruncation(tokenizer.getHandle());
      return tokenizer;
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private void cut(String text, TextCutter.Sink sink) {
    String unicode = withoutLoneSurrogates(text);
    long handle = NATIVE.encode(tokenizer.getHandle(), unicode, false);
    try {
      long[] ids = NATIVE.getTokenIds(handle);
      long[] words = NATIVE.getWordIds(handle);
      CharSpan[] spans = NATIVE.getTokenCharSpans(handle);
      int[] offsets = offsets(unicode);
      for (int i = 0; i < ids.length; i++) {
        CharSpan span = spans[i];
        int start = span == null ? 0 : offsets[span.getStart()];
        int end = span == null ? 0 : offsets[span.getEnd()];
        sink.piece(Math.toIntExact(ids[i]), start, end, (int) Math.max(0, words[i]));
      }
    } finally {
      NATIVE.deleteEncoding(handle);
    }
  }

  /** A lone half of a surrogate pair cannot be written as UTF-8. */
  private static String withoutLoneSurrogates(String text) {
    if (text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      return text;
    }
    int[] codePoints =
        text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .toArray();
    return new String(codePoints, 0, codePoints.length);
  }

  /** Where each code point begins in UTF-16 units, and where the text ends. */
  private static int[] offsets(String text) {
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < offsets.length - 1; i++) {
      offsets[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    offsets[offsets.length - 1] = at;
    return offsets;
  }

  @Override
  public Encoding encode(String text, EncodingOptions options) {
    return pipeline.encode(text, options);
  }

  @Override
  public Encoding encodePair(String first, String second, EncodingOptions options) {
    return pipeline.encodePair(first, second, options);
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    return pipeline.decode(ids, skipSpecialTokens);
  }

  @Override
  public int vocabularySize() {
    return pipeline.vocabularySize();
  }

  @Override
  public OptionalInt id(String piece) {
    return pipeline.id(piece);
  }

  @Override
  public String piece(int id) {
    return pipeline.piece(id);
  }

  @Override
  public OptionalInt unknownId() {
    return pipeline.unknownId();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
