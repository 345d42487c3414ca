package dev.embedlab.kernel.shell;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;

/** The top-level classes of the JDK and of jars by their simple names, for import suggestions. */
final class ClassNames {
  /** {@code List java/util}, sorted: one short text a class, since there are some 40,000. */
  private final List<String> names = new ArrayList<>();

  private final Set<Path> read = new HashSet<>();
  private boolean sorted;

  /**
   * Full names of public classes whose simple name starts with a prefix, the exact ones first.
   *
   * @param classPath jars to look in besides the JDK
   */
  synchronized List<String> startingWith(
      String prefix, List<Path> classPath, ClassLoader loader, int limit) {
    if (names.isEmpty()) {
      readJdk();
    }
    for (Path entry : classPath) {
      if (read.add(entry)) {
        readJar(entry);
        sorted = false;
      }
    }
    if (!sorted) {
      names.sort(null);
      sorted = true;
    }
    int place = Collections.binarySearch(names, prefix);
    return names.subList(place < 0 ? -place - 1 : place, names.size()).stream()
        .takeWhile(name -> name.startsWith(prefix))
        .map(
            name ->
                name.substring(name.indexOf(' ') + 1) + "/" + name.substring(0, name.indexOf(' ')))
        .filter(path -> isPublic(path + ".class", loader))
        .map(path -> path.replace('/', '.'))
        .limit(limit)
        .toList();
  }

  private void readJdk() {
    FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified()) {
          String folder = exports.source().replace('.', '/');
          readFolder(jdk.getPath("/modules", module.getName(), folder), folder);
        }
      }
    }
  }

  private void readFolder(Path folder, String packageFolder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
      files.forEach(file -> add(packageFolder + "/" + file.getFileName()));
    } catch (IOException e) {
      // A package without classes of its own.
    }
  }

  private void readJar(Path entry) {
    if (!Files.isRegularFile(entry)) {
      return;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      jar.stream()
          .map(java.util.zip.ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .forEach(this::add);
    } catch (IOException e) {
      // Not a jar: nothing to suggest.
    }
  }

  private void add(String resource) {
    String file = resource.substring(resource.lastIndexOf('/') + 1);
    if (file.indexOf('$') < 0 && file.indexOf('-') < 0 && resource.indexOf('/') > 0) {
      String simple = file.substring(0, file.length() - ".class".length());
      names.add(simple + " " + resource.substring(0, resource.lastIndexOf('/')));
    }
  }

  private static boolean isPublic(String resource, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return in != null && ClassFile.of().parse(in.readAllBytes()).flags().has(AccessFlag.PUBLIC);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
