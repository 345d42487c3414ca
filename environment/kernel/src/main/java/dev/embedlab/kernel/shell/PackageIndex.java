package dev.embedlab.kernel.shell;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Hands jshell the names of packages for completion. Left alone, jshell walks the JDK and every jar
 * at its start and keeps each class in memory; {@link ClassNames} knows those, at less cost and
 * only when asked. jshell has no API for this: where its parts are not as expected, it indexes by
 * itself.
 */
final class PackageIndex {
  private static final long NO_TIMESTAMP = -1;

  private final Map<Path, Object> indexes;
  private final ExecutorService indexer;
  private final Constructor<?> constructor;

  private PackageIndex(
      Map<Path, Object> indexes, ExecutorService indexer, Constructor<?> constructor) {
    this.indexes = indexes;
    this.indexer = indexer;
    this.constructor = constructor;
  }

  /** Connects to jshell and adds the packages of the JDK; to be called before jshell starts. */
  @SuppressWarnings("unchecked")
  static PackageIndex connect() {
    try {
      Class<?> analysis = Class.forName("jdk.jshell.SourceCodeAnalysisImpl");
      Constructor<?> constructor =
          Class.forName("jdk.jshell.SourceCodeAnalysisImpl$ClassIndex")
              .getConstructor(long.class, Path.class, Set.class, Map.class);
      constructor.setAccessible(true);
      PackageIndex index =
          new PackageIndex(
              (Map<Path, Object>) value(analysis, "PATH_TO_INDEX"),
              (ExecutorService) value(analysis, "INDEXER"),
              constructor);
      index.addJdk();
      return index;
    } catch (ReflectiveOperationException | RuntimeException | IOException e) {
      return new PackageIndex(Map.of(), null, null);
    }
  }

  /** Adds jars of the class path, before jshell is told of them. */
  void add(Collection<Path> entries) {
    if (indexer != null) {
      // jshell reads the map on this very thread.
      indexer.execute(() -> entries.stream().filter(Files::isRegularFile).forEach(this::addJar));
    }
  }

  private void addJdk() throws IOException {
    Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules");
    Path marker = Path.of(System.getProperty("java.home"), "lib", "modules");
    Set<String> packages =
        ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getDescriptor().exports().stream())
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    put(marker, Files.getLastModifiedTime(modules).toMillis(), packages);
  }

  private void addJar(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      Set<String> packages =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
              .filter(name -> name.indexOf('/') > 0)
              .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
              .collect(Collectors.toSet());
      put(path, Files.getLastModifiedTime(path).toMillis(), packages);
    } catch (IOException e) {
      put(path, NO_TIMESTAMP, Set.of());
    }
  }

  private void put(Path path, long timestamp, Set<String> packages) {
    try {
      indexes.put(path, constructor.newInstance(timestamp, path, packages, Map.of()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }
}
