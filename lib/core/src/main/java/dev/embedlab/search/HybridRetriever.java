package dev.embedlab.search;

import dev.embedlab.data.Queries;
import dev.embedlab.data.Run;
import java.util.List;

/**
 * Asks several systems and fuses what they found.
 *
 * @param name as tables show it
 * @param systems asked for every query; closed with this one
 * @param fusion of their runs
 * @param depth documents asked of each system, or k if that is more
 */
public record HybridRetriever(String name, List<Retriever> systems, Fusion fusion, int depth)
    implements Retriever {

  public HybridRetriever {
    systems = List.copyOf(systems);
    if (systems.size() < 2) {
      throw new IllegalArgumentException("Fusion needs two systems or more.");
    }
  }

  /** Two or more systems, fused by reciprocal rank over the first 100 documents of each. */
  public static HybridRetriever of(Retriever... systems) {
    return new HybridRetriever("hybrid", List.of(systems), Fusion.reciprocalRank(), 100);
  }

  @Override
  public Run retrieve(Queries queries, int k) {
    List<Run> runs =
        systems.stream().map(system -> system.retrieve(queries, Math.max(k, depth))).toList();
    return fusion.fuse(name, runs, k);
  }

  @Override
  public void close() {
    systems.forEach(Retriever::close);
  }
}
