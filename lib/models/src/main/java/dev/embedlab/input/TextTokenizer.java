package dev.embedlab.input;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.embedlab.config.ConfigException;
import java.io.IOException;

/**
 * The tokenizer of a checkpoint. Text is tokenized whole; truncation and special tokens are added
 * here, so that what is cut is known, and what {@code tokenizer.json} says of truncation and
 * padding never applies. Safe for several threads.
 */
public final class TextTokenizer implements AutoCloseable {

  private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerSettings settings;
  private final SpecialTokens special;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, TokenizerSettings settings) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.special = settings.addSpecialTokens() ? SpecialTokens.of(tokenizer) : SpecialTokens.none();
  }

  /**
   * @param settings how to read {@code tokenizer.json} and what to make of its tokens
   * @throws ConfigException if the file is not a tokenizer
   */
  public static TextTokenizer open(TokenizerSettings settings) throws IOException {
    byte[] json =
        settings.addSpecialTokens()
            ? TokenizerJson.read(settings.file(), settings.lowerCase())
            : TokenizerJson.readPlain(settings.file());
    HuggingFaceTokenizer tokenizer = NativeTokenizer.create(json, settings.file());
    try {
      return new TextTokenizer(tokenizer, settings);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Longest result in tokens, special tokens included. */
  public int maxTokens() {
    return settings.maxTokens();
  }

  /**
   * @throws IllegalArgumentException if the text has half a surrogate pair, which is no Unicode;
   *     Python's tokenizers refuse it too
   */
  public TokenizedText encode(String text) {
    long[] content = content(text);
    int room = Math.max(0, settings.maxTokens() - special.single());
    long[] kept = settings.truncate(content, room);
    return settings.withTypes(special.wrap(kept).cut(content.length - kept.length));
  }

  /** Encodes a pair, for cross-encoders; the longer text is cut first. */
  public TokenizedText encode(String first, String second) {
    Content a = tokenized(first, true);
    Content b = tokenized(second, true);
    int room = Math.max(0, settings.maxTokens() - special.pair());
    int[] lengths = longestFirst(tokenizedLength(a), tokenizedLength(b), room);
    long[] keptA = settings.truncate(a.ids(), lengths[0]);
    long[] keptB = settings.truncate(b.ids(), lengths[1]);
    int cut = a.ids().length + b.ids().length - keptA.length - keptB.length;
    return settings.withTypes(special.wrap(keptA, keptB).cut(cut));
  }

  /** Ids of tokens, and which word of the text each is from. */
  private record Content(long[] ids, long[] words) {}

  private Content tokenized(String text, boolean withWords) {
    rejectLoneSurrogates(text);
    long handle = NATIVE.encode(tokenizer.getHandle(), text, false);
    try {
      long[] ids = NATIVE.getTokenIds(handle);
      settings.checkVocabulary(ids);
      return new Content(ids, withWords ? NATIVE.getWordIds(handle) : new long[0]);
    } finally {
      NATIVE.deleteEncoding(handle);
    }
  }

  /**
   * The reference stops to tokenize after the word that reaches the limit. It balances the texts of
   * a pair by these lengths, which shows when both are too long.
   */
  private int tokenizedLength(Content content) {
    int length = content.ids().length;
    int max = settings.maxTokens();
    if (length <= max) {
      return length;
    }
    int step = settings.cutLeft() ? -1 : 1;
    int last = settings.cutLeft() ? length - max : max - 1;
    int kept = max;
    for (int i = last + step; i >= 0 && i < length; i += step) {
      if (content.words()[i] != content.words()[last]) {
        break;
      }
      kept++;
    }
    return kept;
  }

  /** The strategy "longest first" of Hugging Face tokenizers. */
  static int[] longestFirst(int first, int second, int room) {
    int shorter = Math.min(first, second);
    int longer = Math.max(first, second);
    if (first + second <= room) {
      return new int[] {first, second};
    }
    longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
    if (shorter + longer > room) {
      shorter = room / 2;
      longer = shorter + room % 2;
    }
    return first > second ? new int[] {longer, shorter} : new int[] {shorter, longer};
  }

  /** Number of leading tokens that a prompt makes, a closing special token not counted. */
  public int promptTokens(String prompt) {
    TokenizedText encoded = encode(prompt);
    int length = encoded.length();
    boolean closed = length > 0 && special.closes(encoded.ids()[length - 1], settings);
    return closed ? length - 1 : length;
  }

  private long[] content(String text) {
    return tokenized(text, false).ids();
  }

  private static void rejectLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "The text has half of a surrogate pair at character %d, so it is not Unicode: '%s'; clean it first."
                .formatted(i, text.substring(Math.max(0, i - 20), i)));
      }
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
