package dev.embedlab.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.Corpus;
import dev.embedlab.data.Document;
import dev.embedlab.data.LabelledText;
import dev.embedlab.data.Qrels;
import dev.embedlab.data.Queries;
import dev.embedlab.data.Query;
import dev.embedlab.data.RetrievalDataset;
import dev.embedlab.data.TextPair;
import dev.embedlab.encode.KeywordEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RobustTest {

  private static final KeywordEncoder ENCODER =
      new KeywordEncoder("apple", "grass", "apfel", "gras");

  private static RetrievalDataset data(String name, String documentId) {
    return new RetrievalDataset(
        name,
        new Corpus(List.of(new Document(documentId, "", "apple"), new Document("g", "", "grass"))),
        new Queries(List.of(new Query("q", "apple"))),
        Map.of("test", new Qrels(Map.of("q", Map.of(documentId, 1)))));
  }

  @Test
  void caseDoesNotMoveWhatLowersCase() {
    RetrievalDataset data = data("x", "a");
    Stability stability =
        Stability.of(ENCODER, data.queries(), data.corpus(), Perturbation.upperCase(), 1);
    assertThat(stability.changed()).isEqualTo(1);
    assertThat(stability.cosine().estimate()).isEqualTo(1);
    assertThat(stability.sameFirst().estimate()).isEqualTo(1);
  }

  @Test
  void paraphrasesChangeOnlyTheTextsTheyKnow() {
    Perturbation said = Perturbation.paraphrases(List.of(new TextPair("apple", "a red fruit")));
    assertThat(said.change().apply("apple")).isEqualTo("a red fruit");
    assertThat(said.change().apply("grass")).isEqualTo("grass");
  }

  @Test
  void typosAreRepeatableAndChangeWords() {
    Perturbation typos = Perturbation.typos(1, 7);
    String text = "several apples under a tree";
    assertThat(typos.change().apply(text)).isNotEqualTo(text);
    assertThat(typos.change().apply(text)).isEqualTo(typos.change().apply(text));
    assertThat(Perturbation.typos(0, 7).change().apply(text)).isEqualTo(text);
    assertThat(Perturbation.noPunctuation().change().apply("a, b!")).isEqualTo("a b");
    assertThat(Perturbation.spacing().change().apply("a b")).isEqualTo("  a  b ");
  }

  @Test
  void alignmentFindsTranslationsThatShareADimension() {
    Alignment none =
        Alignment.of(
            ENCODER, List.of(new TextPair("apple", "apfel"), new TextPair("grass", "gras")));
    assertThat(none.ofPairs().estimate()).isZero();
    Alignment perfect =
        Alignment.of(
            ENCODER, List.of(new TextPair("apple", "apple"), new TextPair("grass", "grass")));
    assertThat(perfect.forward().estimate()).isEqualTo(1);
    assertThat(perfect.ofOthers().estimate()).isZero();
  }

  @Test
  void localeNamesAreTranslations() {
    List<TextPair> pairs = Alignment.localeNames(Locale.ENGLISH, Locale.KOREAN);
    assertThat(pairs).hasSizeGreaterThan(300).contains(new TextPair("Germany", "독일"));
  }

  @Test
  void crossedDataNeedsSharedIds() {
    RetrievalDataset crossed = Alignment.crossed(data("en", "a"), data("ko", "a"), "test");
    assertThat(crossed.name()).isEqualTo("en > ko");
    assertThatThrownBy(() -> Alignment.crossed(data("en", "a"), data("ko", "b"), "test"))
        .hasMessageContaining("'en' and 'ko' share no document ids");
  }

  @Test
  void purityCountsNeighboursOfTheSameLabel() {
    List<LabelledText> texts =
        List.of(
            new LabelledText("apple", "fruit"),
            new LabelledText("an apple", "fruit"),
            new LabelledText("grass", "green"),
            new LabelledText("the grass", "fruit"));
    // Neighbours: each other in both pairs; the second pair has two labels.
    assertThat(NeighbourPurity.of(ENCODER, texts, 1).estimate()).isEqualTo(0.5);
  }
}
