package dev.embedlab.lucene;

import dev.embedlab.frontier.Recipe;
import dev.embedlab.vector.VectorIndex;
import java.util.Arrays;
import java.util.Locale;

/** HNSW graphs for the frontier. */
public final class HnswRecipe {

  private HnswRecipe() {}

  /**
   * A graph that is built once and searched with several efSearch.
   *
   * @param efSearch candidates a search keeps, 1 or more each
   */
  public static Recipe of(HnswOptions options, int... efSearch) {
    String name =
        "HNSW%d %s"
            .formatted(options.m(), options.quantization().name().toLowerCase(Locale.ROOT))
            .replace(" none", "");
    return new Recipe(
        name,
        (vectors, training, similarity) -> {
          HnswIndex graph = HnswIndex.build(vectors, similarity, options);
          return Arrays.stream(efSearch).<VectorIndex>mapToObj(graph::withEfSearch).toList();
        });
  }
}
