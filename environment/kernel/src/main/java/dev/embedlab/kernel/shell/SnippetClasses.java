package dev.embedlab.kernel.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/** Defines the classes that jshell compiles snippets to. */
final class SnippetClasses implements LoaderDelegate {
  private final Loader loader;

  SnippetClasses(ClassLoader parent) {
    this.loader = new Loader(parent);
  }

  ClassLoader loader() {
    return loader;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    boolean[] loaded = new boolean[classes.length];
    try {
      for (ClassBytecodes each : classes) {
        loader.bytes.put(each.name(), ExitGuard.apply(each.bytecodes()));
      }
      for (int i = 0; i < classes.length; i++) {
        loader.loadClass(classes[i].name());
        loaded[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException(String.valueOf(e.getMessage()), loaded);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    // jshell renames what it replaces: nothing is redefined here.
  }

  @Override
  public void addToClasspath(String path) {
    throw new UnsupportedOperationException(
        "The class path of cells grows through UserClassLoader; %s was not added.".formatted(path));
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

    static {
      registerAsParallelCapable();
    }

    Loader(ClassLoader parent) {
      super("cells", parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] code = bytes.remove(name);
      if (code == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, code, 0, code.length);
    }
  }
}
