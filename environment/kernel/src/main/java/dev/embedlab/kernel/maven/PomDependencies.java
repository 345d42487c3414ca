package dev.embedlab.kernel.maven;

import java.util.List;
import java.util.Map;
import org.apache.maven.model.Dependency;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.util.artifact.JavaScopes;

/** Dependencies of a POM in the resolver's terms. */
final class PomDependencies {
  private PomDependencies() {}

  static org.eclipse.aether.graph.Dependency dependency(Dependency each) {
    String type = each.getType() == null ? "jar" : each.getType();
    boolean tests = type.equals("test-jar");
    String classifier = each.getClassifier() == null ? "" : each.getClassifier();
    var artifact =
        new DefaultArtifact(
            each.getGroupId(),
            each.getArtifactId(),
            tests && classifier.isEmpty() ? "tests" : classifier,
            type.equals("pom") ? "pom" : "jar",
            each.getVersion(),
            Map.of(),
            (java.io.File) null);
    List<Exclusion> exclusions =
        each.getExclusions().stream()
            .map(e -> new Exclusion(e.getGroupId(), e.getArtifactId(), "*", "*"))
            .toList();
    String scope = each.getScope() == null ? JavaScopes.COMPILE : each.getScope();
    return new org.eclipse.aether.graph.Dependency(
        artifact, scope, "true".equals(each.getOptional()), exclusions);
  }
}
