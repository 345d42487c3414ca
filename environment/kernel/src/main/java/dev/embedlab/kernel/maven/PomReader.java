package dev.embedlab.kernel.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.building.StringModelSource;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.model.resolution.UnresolvableModelException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** Reads POMs with parents, imported BOMs and properties resolved. */
// The model builder's interface still names the types it deprecates.
@SuppressWarnings("deprecation")
final class PomReader {
  private final RepositorySystem system;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> repositories;

  PomReader(
      RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> known) {
    this.system = system;
    this.session = session;
    this.repositories = known;
  }

  Model read(Path pom) throws IOException {
    return build(new DefaultModelBuildingRequest().setPomFile(pom.toFile()), pom.toString());
  }

  Model read(String pom) throws IOException {
    String whole = PomText.complete(pom);
    return build(
        new DefaultModelBuildingRequest().setModelSource(new StringModelSource(whole)), "the cell");
  }

  private Model build(ModelBuildingRequest request, String place) throws IOException {
    request.setModelResolver(new Remote(new ArrayList<>(repositories)));
    request.setSystemProperties(System.getProperties());
    request.setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
    try {
      return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    } catch (ModelBuildingException e) {
      throw new IOException("The POM in " + place + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Finds POMs of parents and BOMs in the repositories. */
  private final class Remote implements ModelResolver {
    private final List<RemoteRepository> known;

    Remote(List<RemoteRepository> known) {
      this.known = known;
    }

    @Override
    public ModelSource resolveModel(String group, String artifact, String version)
        throws UnresolvableModelException {
      try {
        var pom = new DefaultArtifact(group, artifact, "pom", version);
        var found = system.resolveArtifact(session, new ArtifactRequest(pom, known, null));
        return new FileModelSource(found.getArtifact().getFile());
      } catch (ArtifactResolutionException e) {
        throw new UnresolvableModelException(e.getMessage(), group, artifact, version, e);
      }
    }

    @Override
    public ModelSource resolveModel(Parent parent) throws UnresolvableModelException {
      return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }

    @Override
    public ModelSource resolveModel(Dependency bom) throws UnresolvableModelException {
      return resolveModel(bom.getGroupId(), bom.getArtifactId(), bom.getVersion());
    }

    @Override
    public void addRepository(Repository repository) {
      addRepository(repository, false);
    }

    @Override
    public void addRepository(Repository repository, boolean replace) {
      if (known.stream().noneMatch(each -> each.getId().equals(repository.getId()))) {
        var own = new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl());
        known.addAll(system.newResolutionRepositories(session, List.of(own.build())));
      }
    }

    @Override
    public ModelResolver newCopy() {
      return new Remote(new ArrayList<>(known));
    }
  }
}
