package dev.embedlab.kernel.maven;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;

/** Which version was taken where two were asked for, as sentences for the user. */
final class Conflicts implements DependencyFilter {
  private final Set<String> decided = new LinkedHashSet<>();

  /** Leaves out the versions that lost, and remembers each. */
  @Override
  public boolean accept(DependencyNode node, List<DependencyNode> parents) {
    if (!(node.getData().get(ConflictResolver.NODE_DATA_WINNER) instanceof DependencyNode winner)) {
      return true;
    }
    Artifact lost = node.getArtifact();
    Artifact won = winner.getArtifact();
    if (lost != null && won != null && !lost.getVersion().equals(won.getVersion())) {
      decided.add(
          "Version conflict: "
              + lost.getGroupId()
              + ":"
              + lost.getArtifactId()
              + " "
              + won.getVersion()
              + " is used, "
              + lost.getVersion()
              + (parents.isEmpty() ? " was asked for" : " was asked for" + by(parents.getFirst())));
    }
    return false;
  }

  private static String by(DependencyNode parent) {
    Artifact artifact = parent.getArtifact();
    return artifact == null ? "" : " by " + artifact.getArtifactId() + " " + artifact.getVersion();
  }

  Set<String> decided() {
    return decided;
  }
}
