package dev.embedlab.tokenize;

import static java.util.Objects.requireNonNull;

import dev.embedlab.tokenize.model.SubwordModel;
import dev.embedlab.tokenize.split.PreTokenizer;
import dev.embedlab.tokenize.split.Splits;
import dev.embedlab.tokenize.text.NormalizedText;
import dev.embedlab.tokenize.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tokenizer that {@code tokenizer.json} describes: added tokens are set apart, the rest is
 * normalized, cut into words, each word split into pieces by the model, and special tokens are put
 * around the result.
 */
public final class TokenizerPipeline implements Tokenizer {

  private final Optional<Normalizer> normalizer;
  private final Optional<PreTokenizer> preTokenizer;
  private final SubwordModel model;
  private final Optional<TextCutter> cutter;
  private final PostProcessor postProcessor;
  private final Optional<Decoder> decoder;
  private final Map<Integer, AddedToken> addedTokens;
  private final Map<String, Integer> addedIds = new LinkedHashMap<>();
  private final AddedVocabulary inOriginal = new AddedVocabulary();
  private final AddedVocabulary inNormalized = new AddedVocabulary();
  private final BitSet specialIds = new BitSet();

  private TokenizerPipeline(Builder builder) {
    normalizer = builder.normalizer;
    preTokenizer = builder.preTokenizer;
    model = requireNonNull(builder.model, "model");
    cutter = builder.cutter;
    postProcessor =
        cutter.isPresent() ? builder.postProcessor.withOffsetsAsTheyAre() : builder.postProcessor;
    decoder = builder.decoder;
    addedTokens = new LinkedHashMap<>(builder.addedTokens);
    addedTokens.forEach(this::register);
  }

  private void register(int id, AddedToken token) {
    addedIds.put(token.content(), id);
    if (token.special()) {
      specialIds.set(id);
    }
    if (token.normalized() && normalizer.isPresent()) {
      String written = normalizer.get().normalize(token.content());
      inNormalized.add(new AddedVocabulary.Entry(token, written, id));
    } else {
      inOriginal.add(new AddedVocabulary.Entry(token, token.content(), id));
    }
  }

  /** Begins a tokenizer around a model. */
  public static Builder builder(SubwordModel model) {
    return new Builder(model);
  }

  public Optional<Normalizer> normalizer() {
    return normalizer;
  }

  public Optional<PreTokenizer> preTokenizer() {
    return preTokenizer;
  }

  public SubwordModel model() {
    return model;
  }

  public PostProcessor postProcessor() {
    return postProcessor;
  }

  public Optional<Decoder> decoder() {
    return decoder;
  }

  /** Added and special tokens by their numbers. */
  public Map<Integer, AddedToken> addedTokens() {
    return Map.copyOf(addedTokens);
  }

  @Override
  public Encoding encode(String text, EncodingOptions options) {
    return new Assembly(text, "", false, options, postProcessor, this)
        .assemble(pieces(text), new Pieces(0));
  }

  @Override
  public Encoding encodePair(String first, String second, EncodingOptions options) {
    return new Assembly(first, second, true, options, postProcessor, this)
        .assemble(pieces(first), pieces(second));
  }

  /** The words the model sees, after normalization and pre-tokenization. */
  public List<String> words(String text) {
    return split(NormalizedText.of(text)).words();
  }

  private Splits split(NormalizedText text) {
    NormalizedText normal = normalizer.map(n -> n.normalize(text)).orElse(text);
    return preTokenize(normal);
  }

  private Splits preTokenize(NormalizedText normal) {
    return preTokenizer.map(p -> p.split(normal)).orElseGet(() -> Splits.whole(normal));
  }

  private Pieces pieces(String text) {
    Pieces out = new Pieces(text.length() / 3 + 8);
    if (cutter.isPresent()) {
      cutter.get().cut(text, out::add);
      return out;
    }
    WordCounter words = new WordCounter();
    int done = 0;
    if (!inOriginal.isEmpty()) {
      for (AddedVocabulary.Match match : inOriginal.find(text)) {
        encodeOriginal(NormalizedText.of(text, done, match.start()), out, words);
        out.add(match.entry().id(), match.start(), match.end(), words.next());
        done = match.end();
      }
    }
    encodeOriginal(NormalizedText.of(text, done, text.length()), out, words);
    return out;
  }

  private void encodeOriginal(NormalizedText text, Pieces out, WordCounter words) {
    NormalizedText normal = normalizer.map(n -> n.normalize(text)).orElse(text);
    int done = 0;
    if (!inNormalized.isEmpty()) {
      for (AddedVocabulary.Match match : inNormalized.find(normal.toString())) {
        encodeNormalized(normal.slice(done, match.start()), out, words);
        out.add(match.entry().id(), normal, match.start(), match.end(), words.next());
        done = match.end();
      }
    }
    encodeNormalized(done == 0 ? normal : normal.slice(done, normal.length()), out, words);
  }

  private void encodeNormalized(NormalizedText normal, Pieces out, WordCounter words) {
    if (normal.length() == 0) {
      return;
    }
    Splits splits = preTokenize(normal);
    NormalizedText text = splits.text();
    for (int i = 0; i < splits.size(); i++) {
      int word = words.next();
      model.split(
          text.chars(),
          splits.from(i),
          splits.to(i),
          (id, from, to) -> out.add(id, text, from, to, word));
    }
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    List<String> pieces = new ArrayList<>(ids.length);
    for (int id : ids) {
      if (!skipSpecialTokens || !specialIds.get(id)) {
        pieces.add(piece(id));
      }
    }
    return decoder
        .map(d -> String.join("", d.decode(pieces)))
        .orElseGet(() -> String.join(" ", pieces));
  }

  @Override
  public int vocabularySize() {
    long beyond = addedTokens.keySet().stream().filter(id -> !model.vocabulary().has(id)).count();
    return model.vocabulary().size() + (int) beyond;
  }

  @Override
  public OptionalInt id(String piece) {
    Integer added = addedIds.get(piece);
    return added != null ? OptionalInt.of(added) : model.vocabulary().id(piece);
  }

  @Override
  public String piece(int id) {
    AddedToken added = addedTokens.get(id);
    return added != null ? added.content() : model.vocabulary().piece(id);
  }

  @Override
  public OptionalInt unknownId() {
    int id = model.unknownId();
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private static final class WordCounter {
    private int next;

    int next() {
      return next++;
    }
  }

  /** Collects the parts of a tokenizer; everything but the model may be left out. */
  public static final class Builder {

    private final SubwordModel model;
    private Optional<Normalizer> normalizer = Optional.empty();
    private Optional<PreTokenizer> preTokenizer = Optional.empty();
    private Optional<TextCutter> cutter = Optional.empty();
    private PostProcessor postProcessor = PostProcessor.none();
    private Optional<Decoder> decoder = Optional.empty();
    private final Map<Integer, AddedToken> addedTokens = new LinkedHashMap<>();

    private Builder(SubwordModel model) {
      this.model = model;
    }

    public Builder normalizer(Normalizer value) {
      normalizer = Optional.of(value);
      return this;
    }

    public Builder preTokenizer(PreTokenizer value) {
      preTokenizer = Optional.of(value);
      return this;
    }

    /**
     * Has the pieces of a text found elsewhere. The normalizer and the pre-tokenizer are then not
     * asked, and of the model only its vocabulary; offsets are taken as they come.
     */
    public Builder cutter(TextCutter value) {
      cutter = Optional.of(value);
      return this;
    }

    public Builder postProcessor(PostProcessor value) {
      postProcessor = value;
      return this;
    }

    public Builder decoder(Decoder value) {
      decoder = Optional.of(value);
      return this;
    }

    /** Adds a token under a number of its own or of the model's vocabulary. */
    public Builder addedToken(int id, AddedToken token) {
      addedTokens.put(id, token);
      return this;
    }

    public TokenizerPipeline build() {
      return new TokenizerPipeline(this);
    }
  }
}
