package dev.embedlab.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.embedlab.encode.Similarity;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty cases against faiss IndexFlatIP and IndexFlatL2 and against NumPy in double precision. */
class ExactIndexGoldenTest {

  static Stream<JsonNode> cases() {
    return StreamSupport.stream(Golden.cases("exact").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void dotProductsAreThoseOfFaissAndNumPy(JsonNode node) {
    check(node, Similarity.DOT, node.get("dot"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void distancesAreThoseOfFaissAndNumPy(JsonNode node) {
    check(node, Similarity.EUCLIDEAN, node.get("euclidean"));
  }

  private static void check(JsonNode node, Similarity similarity, JsonNode expected) {
    float[][] vectors = Golden.matrix(node.get("vectors"));
    float[][] queries = Golden.matrix(node.get("queries"));
    VectorMatrix rows = VectorMatrix.copyOf(vectors, ElementType.FLOAT32);
    for (VectorIndex index :
        new VectorIndex[] {ExactIndex.of(vectors, similarity), ExactIndex.over(rows, similarity)}) {
      Hits hits = index.search(queries, node.get("k").asInt());
      float[][] faiss = Golden.matrix(expected.get("faiss_scores"));
      float[][] numpy = Golden.matrix(expected.get("numpy_scores"));
      int[][] faissIds = Golden.positions(expected.get("faiss_ids"));
      int[][] numpyIds = Golden.positions(expected.get("numpy_ids"));
      for (int q = 0; q < queries.length; q++) {
        assertThat(hits.scores()[q]).containsExactly(numpy[q], within(2e-5f));
        // faiss takes roots of squared distances that it gets by subtraction
        assertThat(hits.scores()[q]).containsExactly(faiss[q], within(2e-3f));
        assertThat(hits.positions()[q]).isEqualTo(numpyIds[q]);
        if (node.get("kind").asText().equals("distinct")) {
          assertThat(hits.positions()[q]).isEqualTo(faissIds[q]);
        }
      }
    }
  }
}
