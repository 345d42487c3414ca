package dev.embedlab.train.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.embedlab.checkpoint.CrossEncoder;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import dev.embedlab.checkpoint.TextPair;
import dev.embedlab.input.TextTokenizer;
import dev.embedlab.input.TokenizedText;
import dev.embedlab.progress.Progress;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.train.TokenizerTrainer;
import dev.embedlab.train.StaticEmbedding;
import dev.embedlab.train.TrainingHistory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

  private static final List<String> TEXTS = texts();
  private static final TokenizerPipeline TOKENIZER = TokenizerTrainer.bert(150).train(TEXTS);

  @TempDir Path folder;

  /** A grammar in which the animal decides the sound, so that a hidden sound can be guessed. */
  private static List<String> texts() {
    String[][] facts = {{"dog", "barks"}, {"cat", "purrs"}, {"cow", "moos"}, {"bird", "sings"}};
    String[] places = {"garden", "house", "street", "field"};
    List<String> texts = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      String[] fact = facts[random.nextInt(4)];
      texts.add(
          "the %s in the %s %s loudly".formatted(fact[0], places[random.nextInt(4)], fact[1]));
    }
    return texts;
  }

  private EmbeddingModel small() throws IOException {
    return NewTransformer.bert(TOKENIZER)
        .layers(2)
        .hidden(32)
        .heads(2)
        .maxTokens(24)
        .dropout(0)
        .open(folder.resolve("model"));
  }

  @Test
  void pretrainingLearnsWhichWordFits() throws IOException {
    try (EmbeddingModel model = small();
        var mlm = new MaskedLanguageModel(model, 1)) {
      TrainingHistory history =
          mlm.pretrain(
              TEXTS,
              new MaskedLanguageModel.Settings(20, 32, 24, 5e-3, true, false, 1),
              Progress.none());
      assertThat(history.losses().getFirst()).isCloseTo((float) Math.log(150), within(1f));
      assertThat(history.lastLoss(20)).isLessThan(1.5);
      assertThat(mlm.guess("the cat in the house [MASK] loudly", 1).getFirst().piece())
          .isEqualTo("purrs");
      float[] a = mlm.wordInContext("the dog in the house barks loudly", "house");
      float[] b = mlm.wordInContext("the cow in the house moos loudly", "house");
      assertThat(Arrays.equals(a, b)).isFalse();
      assertThatThrownBy(() -> mlm.guess("nothing hidden", 1)).hasMessageContaining("no [MASK]");
    }
  }

  @Test
  void nextSentencesAreLearnedBesides() throws IOException {
    List<String> stories = new ArrayList<>();
    for (int i = 0; i + 4 < TEXTS.size(); i += 4) {
      stories.add(String.join(" ", TEXTS.subList(i, i + 4)));
    }
    try (EmbeddingModel model = small();
        var mlm = new MaskedLanguageModel(model, 1)) {
      var settings = new MaskedLanguageModel.Settings(2, 16, 24, 1e-3, false, true, 1);
      TrainingHistory history = mlm.pretrain(stories, settings, Progress.none());
      assertThat(history.losses()).isNotEmpty().allMatch(Float::isFinite);
    }
  }

  @Test
  void inputsOfUnknownPiecesAreLeftOut() throws IOException {
    List<String> foreign = Collections.nCopies(20, "한국어 문장 하나");
    List<String> mixed = new ArrayList<>(TEXTS.subList(0, 4));
    mixed.addAll(foreign);
    var settings = new MaskedLanguageModel.Settings(1, 2, 24, 1e-3, true, false, 1);
    try (EmbeddingModel model = small();
        var mlm = new MaskedLanguageModel(model, 1)) {
      TrainingHistory history = mlm.pretrain(mixed, settings, Progress.none());
      assertThat(history.losses()).hasSize(2).allMatch(Float::isFinite);
      assertThatThrownBy(() -> mlm.pretrain(foreign, settings, Progress.none()))
          .hasMessageStartingWith("Pretraining finds nothing to hide");
    }
  }

  @Test
  void inputsAreNoLongerThanTheModelTakes() throws IOException {
    List<String> stories = List.of(String.join(" ", TEXTS.subList(0, 20)), TEXTS.getFirst());
    try (EmbeddingModel model = small();
        var mlm = new MaskedLanguageModel(model, 1)) {
      for (boolean next : new boolean[] {false, true}) {
        var settings = new MaskedLanguageModel.Settings(1, 4, 64, 1e-3, true, next, 1);
        TrainingHistory history = mlm.pretrain(stories, settings, Progress.none());
        assertThat(history.losses()).isNotEmpty().allMatch(Float::isFinite);
      }
    }
    try (EmbeddingModel tiny =
        NewTransformer.bert(TOKENIZER)
            .layers(1)
            .hidden(32)
            .maxTokens(6)
            .open(folder.resolve("tiny"))) {
      assertThatThrownBy(() -> new MaskedLanguageModel(tiny, 1))
          .hasMessageContaining("takes 6 tokens, but pretraining needs a model that takes 8");
    }
  }

  @Test
  void textsAreReadToTheirEnd() throws IOException {
    String story = String.join(" ", TEXTS.subList(0, 20));
    try (EmbeddingModel model = small();
        TextTokenizer uncut =
            TextTokenizer.open(
                model.checkpoint().tokenizerSettings().withMaxTokens(Integer.MAX_VALUE))) {
      int all = uncut.encode(story).length() - 2;
      var texts = new PretrainingTexts(uncut, List.of(story, story), 24);
      assertThat(contents(texts.epoch(false, new Random(1)), 2)).isEqualTo(2 * all);
      assertThat(contents(texts.epoch(true, new Random(1)), 3)).isBetween(2 * all - 2, 2 * all);
      var settings = new MaskedLanguageModel.Settings(1, 1, 24, 1e-3, true, false, 1);
      try (var mlm = new MaskedLanguageModel(model, 1)) {
        assertThat(mlm.pretrain(List.of(story, story), settings, Progress.none()).losses())
            .hasSize(2 * Math.ceilDiv(all, 22));
      }
    }
  }

  /** Tokens but for those that frame an input. */
  private static int contents(List<PretrainingTexts.Input> inputs, int frame) {
    return inputs.stream().mapToInt(input -> input.text().length() - frame).sum();
  }

  @Test
  void masksWholeWordsAndNothingElse() throws IOException {
    Masking masking = new Masking(TOKENIZER, true);
    try (EmbeddingModel model = small()) {
      TokenizedText text =
          model.tokenize("the dogcat in the housefield purrsloudly moosbarks the bird sings");
      Random random = new Random(1);
      for (int round = 0; round < 200; round++) {
        Masking.Masked masked = masking.apply(text, random);
        assertThat(masked.positions()).isNotEmpty();
        for (int i = 0; i < masked.positions().length; i++) {
          int position = masked.positions()[i];
          assertThat(text.ids()[position]).isEqualTo(masked.answers()[i]);
          assertThat(position).isBetween(1, text.length() - 2);
          int next = position + 1;
          if (TOKENIZER.piece((int) text.ids()[next]).startsWith("##")) {
            assertThat(masked.positions()).contains(next);
          }
        }
      }
    }
  }

  @Test
  void aNewModelIsAFunctionOfItsSeed() throws IOException {
    NewTransformer.bert(TOKENIZER).hidden(32).layers(1).seed(3).write(folder.resolve("a"));
    NewTransformer.bert(TOKENIZER).hidden(32).layers(1).seed(3).write(folder.resolve("b"));
    assertThat(folder.resolve("a/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("b/model.safetensors"));
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).hidden(30).heads(4).write(folder))
        .hasMessage("hidden is 30, which 4 heads cannot share equally.");
  }

  @Test
  void aNewModelHasSizesThatWork() {
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).heads(0))
        .hasMessage("heads must be at least 1, but is 0.");
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).layers(0))
        .hasMessage("layers must be at least 1, but is 0.");
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).hidden(0))
        .hasMessage("hidden must be at least 1, but is 0.");
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).maxTokens(1))
        .hasMessage("maxTokens must be at least 3, but is 1.");
    assertThatThrownBy(() -> NewTransformer.bert(TOKENIZER).dropout(1))
        .hasMessage("dropout must be in [0, 1), but is 1.0.");
    assertThatThrownBy(() -> NewTransformer.crossEncoder(null, 0, folder, 1))
        .hasMessage("labels must be at least 1, but is 0.");
  }

  @Test
  void putsAHeadOnAnEncoder() throws IOException {
    try (EmbeddingModel model = small();
        CrossEncoder cross = NewTransformer.crossEncoder(model, 1, folder.resolve("cross"), 1)) {
      assertThat(cross.labels()).isEqualTo(1);
      assertThat(cross.logits(List.of(new TextPair("the dog", "barks")))[0][0]).isFinite();
      String name = "encoder.layer.1.output.dense.weight";
      assertThat(cross.checkpoint().weights().array(name).toFloatArray())
          .containsExactly(model.checkpoint().weights().array(name).toFloatArray());
    }
  }

  @Test
  void distillationDropsUnknownPiecesAndIsSaved() throws IOException, URISyntaxException {
    Path fixture = Path.of(ScratchTest.class.getResource("/fixtures/bert-mean-norm").toURI());
    try (EmbeddingModel teacher = Models.open(fixture)) {
      StaticEmbedding full = StaticDistillation.of(teacher).dimension(32).smoothing(0).distill();
      int vocabulary = full.vocabularySize();
      float[][] rows = IntStream.range(0, vocabulary).mapToObj(full::row).toArray(float[][]::new);
      TokenizerPipeline tokenizer = TokenizerJson.read(fixture.resolve("tokenizer.json"));
      assertThat(rows[tokenizer.unknownId().orElseThrow()]).containsOnly(0f);
      assertThat(rows[(int) teacher.tokenize("").ids()[0]]).containsOnly(0f);
      StaticEmbedding small = StaticDistillation.of(teacher).dimension(8).distill();
      assertThat(small.dimension()).isEqualTo(8);
      small.save(folder.resolve("small"));
      try (EmbeddingModel again = Models.open(folder.resolve("small"))) {
        List<String> texts = List.of("the stream is closed", "read a file");
        float[][] expected = small.encode(texts);
        float[][] actual = again.encode(texts);
        for (int i = 0; i < texts.size(); i++) {
          assertThat(actual[i]).containsExactly(expected[i], within(1e-6f));
        }
      }
    }
  }

  /** src/test/python/distillation_golden.py, with the same pieces of the same teacher. */
  @Test
  void distillationEqualsThePublishedRecipe() throws IOException, URISyntaxException {
    Path fixture = Path.of(ScratchTest.class.getResource("/fixtures/bert-mean-norm").toURI());
    JsonNode golden;
    try (InputStream in = ScratchTest.class.getResourceAsStream("/training/distilled.json")) {
      golden = new JsonMapper().readTree(in);
    }
    List<Integer> special = new ArrayList<>();
    golden.get("special").forEach(id -> special.add(id.asInt()));
    try (EmbeddingModel teacher = Models.open(fixture)) {
      StaticEmbedding distilled = StaticDistillation.of(teacher).dimension(16).distill();
      assertThat(distilled.vocabularySize()).isEqualTo(golden.get("vocabulary").asInt());
      for (var row : golden.get("rows").properties()) {
        int id = Integer.parseInt(row.getKey());
        float[] actual = distilled.row(id);
        for (int i = 0; i < actual.length; i++) {
          double expected = special.contains(id) ? 0 : row.getValue().get(i).asDouble();
          assertThat((double) actual[i]).as("%d[%d]", id, i).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @Test
  void interruptedPretrainingSavesAndGoesOn() throws IOException {
    var settings = new MaskedLanguageModel.Settings(1, 64, 24, 1e-3, true, false, 1);
    var places = new MaskedLanguageModel.Checkpoints(folder.resolve("saved"), 100);
    try (EmbeddingModel model = small();
        var mlm = new MaskedLanguageModel(model, 1)) {
      Thread.currentThread().interrupt();
      TrainingHistory first = mlm.pretrain(TEXTS, settings, Progress.none(), places);
      assertThat(first.outcome()).isEqualTo(TrainingHistory.Outcome.INTERRUPTED);
      assertThat(first.losses()).hasSize(1);
      TrainingHistory second = mlm.pretrain(TEXTS, settings, Progress.none(), places);
      assertThat(second.outcome()).isEqualTo(TrainingHistory.Outcome.FINISHED);
      assertThat(second.losses()).hasSize(7).startsWith(first.losses().getFirst());
    }
  }

  @Test
  void distillationKeepsDistancesAndShortensFrequentPieces() throws IOException {
    try (EmbeddingModel model = small()) {
      StaticEmbedding plain = StaticDistillation.of(model).smoothing(0).distill();
      StaticEmbedding weighted =
          StaticDistillation.of(model).smoothing(1e-2).texts(TEXTS).distill();
      int the = TOKENIZER.id("the").orElseThrow();
      int cow = TOKENIZER.id("cow").orElseThrow();
      double shrunkThe = norm(weighted.row(the)) / norm(plain.row(the));
      double shrunkCow = norm(weighted.row(cow)) / norm(plain.row(cow));
      assertThat(shrunkThe).isLessThan(shrunkCow);
      // A rotation keeps distances, so those of the teacher's own vectors come back.
      float[][] taught = model.encode(List.of("the", "cow"));
      assertThat(distance(plain.row(the), plain.row(cow)))
          .isCloseTo(distance(taught[0], taught[1]), within(1e-4));
    }
  }

  private static double distance(float[] a, float[] b) {
    float[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return norm(difference);
  }

  private static double norm(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
