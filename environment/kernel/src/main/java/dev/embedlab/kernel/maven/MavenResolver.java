package dev.embedlab.kernel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.model.Model;
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
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.ArtifactIdUtils;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;

/** Resolves artifacts and what they need with Apache Maven Resolver, as Maven itself would. */
public final class MavenResolver {
  private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final MavenSettings settings;
  private final Report report;
  private RepositorySystem system;

  /**
   * @param report takes the progress of downloads, decisions and remarks
   */
  public MavenResolver(Report report) {
    this.report = report;
    this.settings = MavenSettings.read();
    SuperPom.repositories().forEach(each -> addRepository(each.getId(), each.getUrl()));
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
   * @return the jars, the artifacts asked for first, without those the session has already
   * @throws IOException naming what cannot be found and where it was looked for
   */
  public List<Path> resolve(List<String> coordinates) throws IOException {
    CollectRequest collect = new CollectRequest();
    for (String each : coordinates) {
      collect.addDependency(new Dependency(artifact(each), JavaScopes.RUNTIME));
    }
    return resolve(collect, Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME));
  }

  /**
   * Resolves the dependencies of a POM file.
   *
   * @param scopes which dependencies, for example compile, runtime
   */
  public List<Path> resolvePom(Path pom, Set<String> scopes) throws IOException {
    return resolve(reader().read(pom), scopes);
  }

  /** Resolves the dependencies of a POM, or of a part of one, given as text. */
  public List<Path> resolvePom(String pom, Set<String> scopes) throws IOException {
    return resolve(reader().read(pom), scopes);
  }

  private List<Path> resolve(Model model, Set<String> scopes) throws IOException {
    model.getRepositories().forEach(each -> addRepository(each.getId(), each.getUrl()));
    CollectRequest collect = new CollectRequest();
    for (var each : model.getDependencies()) {
      String scope = Optional.ofNullable(each.getScope()).orElse(JavaScopes.COMPILE);
      if (scopes.contains(scope)) {
        collect.addDependency(PomDependencies.dependency(each));
      }
    }
    if (model.getDependencyManagement() != null) {
      model.getDependencyManagement().getDependencies().stream()
          .map(PomDependencies::dependency)
          .forEach(collect::addManagedDependency);
    }
    return resolve(collect, scopes);
  }

  private List<Path> resolve(CollectRequest collect, Set<String> scopes) throws IOException {
    try {
      return resolve(collect, scopes, settings.isOffline());
    } catch (DependencyResolutionException online) {
      try {
        List<Path> cached = resolve(collect, scopes, true);
        report.line("The repositories did not answer: taken from " + settings.localRepository());
        return cached;
      } catch (DependencyResolutionException offline) {
        throw new IOException(failure(online), online);
      }
    }
  }

  private List<Path> resolve(CollectRequest collect, Set<String> scopes, boolean offline)
      throws DependencyResolutionException {
    TransferProgress transfers = new TransferProgress(report);
    DefaultRepositorySystemSession session = session(offline);
    session.setTransferListener(transfers);
    try {
      return resolve(collect, scopes, session);
    } finally {
      transfers.finish();
    }
  }

  private List<Path> resolve(
      CollectRequest collect, Set<String> scopes, DefaultRepositorySystemSession session)
      throws DependencyResolutionException {
    collect.setRepositories(
        system().newResolutionRepositories(session, List.copyOf(repositories.values())));
    Conflicts conflicts = new Conflicts();
    var filter =
        DependencyFilterUtils.andFilter(conflicts, DependencyFilterUtils.classpathFilter(scopes));
    var results =
        system()
            .resolveDependencies(session, new DependencyRequest(collect, filter))
            .getArtifactResults();
    conflicts.decided().forEach(report::line);
    return fresh(results);
  }

  /** A library cannot change its version within a session: the first one stays. */
  private List<Path> fresh(List<ArtifactResult> results) {
    List<Path> jars = new ArrayList<>();
    for (ArtifactResult each : results) {
      Artifact artifact = each.getArtifact();
      String there =
          versions.putIfAbsent(ArtifactIdUtils.toVersionlessId(artifact), artifact.getVersion());
      if (there == null) {
        jars.add(artifact.getFile().toPath());
      } else if (!there.equals(artifact.getVersion())) {
        report.line(
            "Version conflict: %s:%s %s stays, it is in use already; %s was asked for. Restart the kernel to change it."
                .formatted(
                    artifact.getGroupId(), artifact.getArtifactId(), there, artifact.getVersion()));
      }
    }
    return jars;
  }

  private String failure(DependencyResolutionException e) {
    String missing =
        e.getResult().getArtifactResults().stream()
            .filter(ArtifactResult::isMissing)
            .map(each -> each.getRequest().getArtifact().toString())
            .collect(Collectors.joining(", "));
    String what = missing.isEmpty() ? e.getMessage() : missing + " cannot be found";
    if (settings.isOffline()) {
      return what
          + " in "
          + settings.localRepository()
          + ", and settings.xml says to work offline: set <offline> to false there to download it.";
    }
    return what
        + " (looked in the repositories "
        + String.join(", ", repositories.keySet())
        + " and in "
        + settings.localRepository()
        + "); check the coordinates, or add a repository with %mavenRepo id url.";
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

  private PomReader reader() {
    var session = session(settings.isOffline());
    return new PomReader(
        system(),
        session,
        system().newResolutionRepositories(session, List.copyOf(repositories.values())));
  }

  private synchronized RepositorySystem system() {
    if (system == null) {
      system = new RepositorySystemSupplier().get();
    }
    return system;
  }

  /**
   * @param offline true to take whatever the local repository holds, wherever it came from
   */
  private DefaultRepositorySystemSession session(boolean offline) {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    Path local = settings.localRepository();
    if (!Files.isDirectory(local)) {
      report.line("Creating the local repository " + local);
    }
    LocalRepository folder =
        offline
            ? new LocalRepository(local.toFile(), "simple")
            : new LocalRepository(local.toFile());
    session.setLocalRepositoryManager(system().newLocalRepositoryManager(session, folder));
    settings.apply(session);
    session.setOffline(offline);
    // POMs ask for them, for example which profile is for this Java.
    session.setSystemProperties(System.getProperties());
    session.setRepositoryListener(new PomProblems(report));
    session.setConfigProperty(ConflictResolver.CONFIG_PROP_VERBOSE, true);
    return session;
  }
}
