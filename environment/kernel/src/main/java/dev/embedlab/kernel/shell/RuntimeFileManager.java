package dev.embedlab.kernel.shell;

import dev.embedlab.kernel.runtime.Bridge;
import dev.embedlab.kernel.runtime.Comm;
import dev.embedlab.kernel.runtime.CommBridge;
import dev.embedlab.kernel.runtime.CommMessage;
import dev.embedlab.kernel.runtime.Comms;
import dev.embedlab.kernel.runtime.Display;
import dev.embedlab.kernel.runtime.Exit;
import dev.embedlab.kernel.runtime.Kernel;
import dev.embedlab.kernel.runtime.KernelBridge;
import dev.embedlab.kernel.runtime.Magics;
import dev.embedlab.kernel.runtime.MimeBundle;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Lets the compiler see the runtime package without the rest of the kernel's class path. */
final class RuntimeFileManager extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private static final List<JavaFileObject> RUNTIME =
      List.of(
          new ClassResource(Bridge.class),
          new ClassResource(Comm.class),
          new ClassResource(CommBridge.class),
          new ClassResource(CommMessage.class),
          new ClassResource(Comms.class),
          new ClassResource(Display.class),
          new ClassResource(Exit.class),
          new ClassResource(Kernel.class),
          new ClassResource(KernelBridge.class),
          new ClassResource(Magics.class),
          new ClassResource(MimeBundle.class));

  RuntimeFileManager(StandardJavaFileManager files) {
    super(files);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location == StandardLocation.CLASS_PATH
        && packageName.equals(RuntimeOnlyLoader.RUNTIME_PACKAGE)
        && kinds.contains(JavaFileObject.Kind.CLASS)) {
      return RUNTIME;
    }
    if (location == StandardLocation.CLASS_PATH && packageName.startsWith("java.")) {
      // No loader takes such classes from a class path; javac looks there for every import.
      return List.of();
    }
    return super.list(location, packageName, kinds, recurse);
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof ClassResource own
        ? own.type.getName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a == b
        || !(a instanceof ClassResource || b instanceof ClassResource) && super.isSameFile(a, b);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return file instanceof ClassResource
        ? location == StandardLocation.CLASS_PATH
        : super.contains(location, file);
  }

  private static final class ClassResource extends SimpleJavaFileObject {
    private final Class<?> type;

    ClassResource(Class<?> type) {
      super(URI.create("kernel:///" + type.getName().replace('.', '/') + ".class"), Kind.CLASS);
      this.type = type;
    }

    @Override
    public InputStream openInputStream() {
      return type.getResourceAsStream(type.getSimpleName() + ".class");
    }
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> files) throws IOException {
    fileManager.setLocation(location, files);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    return fileManager.getLocation(location);
  }

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    return fileManager.getLocationAsPaths(location);
  }
}
