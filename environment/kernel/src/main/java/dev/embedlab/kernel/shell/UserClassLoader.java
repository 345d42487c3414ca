package dev.embedlab.kernel.shell;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** The class path of the session; grows with {@code %maven}, {@code %jars}, {@code %classpath}. */
final class UserClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  UserClassLoader() {
    super("user", new URL[0], new RuntimeOnlyLoader());
  }

  void add(Path entry) {
    try {
      addURL(entry.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("Not usable on a class path: " + entry, e);
    }
  }
}
