package dev.embedlab.kernel.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** Resolves artifacts and what they need with Apache Maven Resolver, as Maven itself would. */
public final class MavenResolver {
  private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();
  private final MavenSettings settings;
  private final Consumer<String> progress;
  private RepositorySystem system;

  /**
   * @param progress takes one line per download
   */
  public MavenResolver(Consumer<String> progress) {
    this.progress = progress;
    this.settings = MavenSettings.read();
    addRepository("central", "https://repo.maven.apache.org/maven2/");
  }

  /** Adds a remote repository for the rest of the session. */
  public void addRepository(String id, String url) {
    repositories.put(id, new RemoteRepository.Builder(id, "default", url).build());
  }

  /**
   * Resolves artifacts with their run-time dependencies.
   *
   * @param coordinates {@code group:artifact:version} or {@code
   *     group:artifact:extension:classifier:version}
   * @return the jars, the artifacts asked for first
   * @throws DependencyResolutionException when one of them cannot be found
   */
  public List<Path> resolve(List<String> coordinates) throws DependencyResolutionException {
    RepositorySystem repositorySystem = system();
    DefaultRepositorySystemSession session = session(repositorySystem);
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(
        repositorySystem.newResolutionRepositories(session, List.copyOf(repositories.values())));
    for (String each : coordinates) {
      collect.addDependency(new Dependency(artifact(each), JavaScopes.RUNTIME));
    }
    DependencyRequest request =
        new DependencyRequest(
            collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME, JavaScopes.COMPILE));
    DependencyResult result = repositorySystem.resolveDependencies(session, request);
    List<Path> jars = new ArrayList<>();
    for (ArtifactResult each : result.getArtifactResults()) {
      jars.add(each.getArtifact().getFile().toPath());
    }
    return jars;
  }

  private static Artifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + coordinates + "' is not group:artifact:version, for example org.jsoup:jsoup:1.18.1",
          e);
    }
  }

  private synchronized RepositorySystem system() {
    if (system == null) {
      system = new RepositorySystemSupplier().get();
    }
    return system;
  }

  private DefaultRepositorySystemSession session(RepositorySystem repositorySystem) {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    Path local = settings.localRepository();
    if (!Files.isDirectory(local)) {
      progress.accept("Creating the local repository " + local);
    }
    session.setLocalRepositoryManager(
        repositorySystem.newLocalRepositoryManager(session, new LocalRepository(local.toFile())));
    settings.apply(session);
    session.setTransferListener(new TransferProgress(progress));
    return session;
  }
}
