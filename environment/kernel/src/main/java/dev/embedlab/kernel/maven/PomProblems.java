package dev.embedlab.kernel.maven;

import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.RepositoryEvent;

/** Says when a POM is missing or broken: what the artifact needs is then not resolved. */
final class PomProblems extends AbstractRepositoryListener {
  private final Report report;

  PomProblems(Report report) {
    this.report = report;
  }

  @Override
  public void artifactDescriptorInvalid(RepositoryEvent event) {
    report.line(
        "The POM of %s cannot be used, so what it needs is left out: %s"
            .formatted(event.getArtifact(), event.getException().getMessage()));
  }

  @Override
  public void artifactDescriptorMissing(RepositoryEvent event) {
    report.line("%s has no POM, so what it needs is not known.".formatted(event.getArtifact()));
  }
}
