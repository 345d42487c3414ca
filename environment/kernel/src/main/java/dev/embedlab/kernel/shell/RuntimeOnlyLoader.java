package dev.embedlab.kernel.shell;

import java.lang.module.ModuleDescriptor;
import java.util.HashSet;
import java.util.Set;

/**
 * Parent of all user code: the JDK and the kernel's runtime package, nothing else of the kernel's
 * class path. So a user's Jackson or SLF4J never meets the kernel's.
 */
final class RuntimeOnlyLoader extends ClassLoader {
  static final String RUNTIME_PACKAGE = "dev.embedlab.kernel.runtime";

  private final ClassLoader kernel = RuntimeOnlyLoader.class.getClassLoader();

  /** Packages of JDK modules that only the application loader defines, such as jdk.compiler. */
  private final Set<String> toolPackages = new HashSet<>();

  static {
    registerAsParallelCapable();
  }

  RuntimeOnlyLoader() {
    super("user-parent", ClassLoader.getPlatformClassLoader());
    ModuleLayer.boot().modules().stream()
        .filter(module -> module.getClassLoader() == ClassLoader.getSystemClassLoader())
        .map(Module::getDescriptor)
        .map(ModuleDescriptor::packages)
        .forEach(toolPackages::addAll);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    String packageName = dot < 0 ? "" : name.substring(0, dot);
    if (packageName.equals(RUNTIME_PACKAGE)) {
      return kernel.loadClass(name);
    }
    if (toolPackages.contains(packageName)) {
      return ClassLoader.getSystemClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
