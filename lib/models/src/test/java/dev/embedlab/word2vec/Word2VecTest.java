package dev.embedlab.word2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Word2VecTest {

  private static final int ENTITIES = 8;
  private static final int ROLES = 4;

  /**
   * A toy language in which word {@code e3r1} occurs beside words of its entity (e3) and of its
   * role (r1), so that {@code e1r0 : e1r2 = e5r0 : e5r2} must hold.
   */
  private static List<String> grammar(int sentences) {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      int entity = random.nextInt(ENTITIES);
      int role = random.nextInt(ROLES);
      texts.add(
          "about%d about%d e%dr%d does%d does%d"
              .formatted(
                  entity * 3 + random.nextInt(3),
                  entity * 3 + random.nextInt(3),
                  entity,
                  role,
                  role * 3 + random.nextInt(3),
                  role * 3 + random.nextInt(3)));
    }
    return texts;
  }

  private static Word2Vec.Builder small(Word2Vec.Architecture architecture) {
    return Word2Vec.builder()
        .architecture(architecture)
        .dimension(24)
        .window(4)
        .minCount(1)
        .subsample(0)
        .epochs(8)
        .threads(1)
        .splitter(WordSplitter.whitespace());
  }

  /**
   * As gensim 4: uniform between -1/dimension and 1/dimension, of deviation 1/(sqrt(3) dimension).
   */
  @Test
  void firstVectorsSpreadLikeThoseOfGensim() {
    WordVectors vectors =
        small(Word2Vec.Architecture.SKIP_GRAM).epochs(1).learningRate(1e-12).train(grammar(2000));
    double squares = 0;
    double most = 0;
    for (int id = 0; id < vectors.vocabulary().size(); id++) {
      for (float value : vectors.row(id)) {
        squares += value * value;
        most = Math.max(most, Math.abs(value));
      }
    }
    double deviation = Math.sqrt(squares / (24.0 * vectors.vocabulary().size()));
    assertThat(vectors.vocabulary().size()).isGreaterThan(50);
    assertThat(most).isBetween(0.99 / 24, 1.0 / 24);
    assertThat(deviation * 24).isCloseTo(1 / Math.sqrt(3), within(0.02));
  }

  @ParameterizedTest
  @EnumSource
  void solvesTheAnalogiesOfAGrammar(Word2Vec.Architecture architecture) {
    WordVectors vectors = small(architecture).train(grammar(6000));
    int right = 0;
    int asked = 0;
    for (int e = 1; e < ENTITIES; e++) {
      for (int r = 1; r < ROLES; r++) {
        var found = vectors.analogy("e0r0", "e0r" + r, "e" + e + "r0", 1).getFirst();
        asked++;
        right += found.word().equals("e" + e + "r" + r) ? 1 : 0;
      }
    }
    assertThat((double) right / asked).isGreaterThan(0.9);
  }

  @Test
  void theSigmoidTableCoversEveryLogit() {
    for (float edge : new float[] {-6, 0, 6}) {
      float below = Math.nextDown(edge);
      float above = Math.nextUp(edge);
      assertThat(SentenceUpdate.sigmoid(below)).isBetween(0f, 1f);
      assertThat(SentenceUpdate.sigmoid(above)).isBetween(0f, 1f);
    }
    assertThat(SentenceUpdate.sigmoid(1)).isCloseTo(0.731f, within(2e-3f));
  }

  @Test
  void isReproducibleWithOneThread() {
    List<String> texts = grammar(500);
    WordVectors a = small(Word2Vec.Architecture.SKIP_GRAM).train(texts);
    WordVectors b = small(Word2Vec.Architecture.SKIP_GRAM).train(texts);
    WordVectors c = small(Word2Vec.Architecture.SKIP_GRAM).seed(43).train(texts);
    assertThat(a.row(3)).containsExactly(b.row(3));
    assertThat(a.row(3)).isNotEqualTo(c.row(3));
  }

  @Test
  void severalThreadsLearnTheSameNeighbours() {
    WordVectors vectors = small(Word2Vec.Architecture.SKIP_GRAM).threads(4).train(grammar(6000));
    assertThat(vectors.neighbours("about0", 2))
        .extracting(WordVectors.Neighbour::word)
        .allMatch(
            word -> List.of("about1", "about2", "e0r0", "e0r1", "e0r2", "e0r3").contains(word));
  }

  @Test
  void cutsIdentifiersWhereTheirPartsMeet() {
    assertThat(WordSplitter.identifiers().split("readHTMLFile2(Path_to, URL x) 값을 Über"))
        .containsExactly("read", "html", "file", "2", "path", "to", "url", "x", "값을", "über");
  }

  @Test
  void weighsWordsByTheirRarity() {
    WordVectors vectors =
        small(Word2Vec.Architecture.SKIP_GRAM).train(List.of("a b", "a c", "a d", "a b"));
    var idf = WordVectorEncoder.of("idf", vectors, WordVectorEncoder.Weighting.IDF);
    float[] mixed = idf.encode(List.of("a d"))[0];
    float[] a = idf.encode(List.of("a"))[0];
    float[] d = idf.encode(List.of("d"))[0];
    double aWeight = Math.log(5.0 / 5) + 1;
    double dWeight = Math.log(5.0 / 2) + 1;
    float[] expected = new float[24];
    for (int i = 0; i < 24; i++) {
      expected[i] =
          (float)
              (aWeight * vectors.vector("a").orElseThrow()[i]
                  + dWeight * vectors.vector("d").orElseThrow()[i]);
    }
    float norm = (float) Math.sqrt(Rows.dot(expected, 0, expected, 0, 24));
    assertThat(mixed[0]).isCloseTo(expected[0] / norm, within(1e-6f));
    assertThat(a).isNotEqualTo(d);
  }

  @Test
  void aTextWithoutKnownWordsIsTheZeroVector() {
    WordVectors vectors = small(Word2Vec.Architecture.CBOW).train(List.of("a b", "a c"));
    var encoder = WordVectorEncoder.of("mean", vectors, WordVectorEncoder.Weighting.UNIFORM);
    assertThat(List.of(encoder.encode(List.of("never seen", ""))))
        .allMatch(v -> v[0] == 0 && v.length == 24);
  }

  @Test
  void takesTheCommonDirectionOut() {
    WordVectors vectors = small(Word2Vec.Architecture.SKIP_GRAM).train(grammar(2000));
    List<String> texts = grammar(200);
    var plain = WordVectorEncoder.of("sif", vectors, WordVectorEncoder.Weighting.SIF);
    assertThat(meanCosine(plain.withoutCommonDirection(texts).encode(texts)))
        .isLessThan(meanCosine(plain.encode(texts)));
  }

  private static double meanCosine(float[][] rows) {
    double sum = 0;
    for (int i = 1; i < rows.length; i++) {
      sum += Rows.dot(rows[i - 1], 0, rows[i], 0, rows[i].length);
    }
    return sum / (rows.length - 1);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Word2Vec.builder().dimension(0).train(List.of()))
        .hasMessage("dimension must be at least 1, but is 0.");
    assertThatThrownBy(() -> Word2Vec.builder().train(List.of("too short")))
        .hasMessage(
            "Only 0 words occur 5 times or more in 1 texts; give more text or lower minCount.");
    WordVectors vectors = small(Word2Vec.Architecture.CBOW).train(List.of("a b", "a c"));
    assertThatThrownBy(() -> vectors.neighbours("z", 3))
        .hasMessage("'z' has no vector; it is not among the 3 words of the vocabulary.");
  }
}
