package dev.embedlab.kernel.render;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Renderers that jars of the user bring along for types they do not own, listed by class name in
 * the resource {@value #RESOURCE}.
 */
final class RegisteredRenderers {
  static final String RESOURCE = "META-INF/jupyter-java/renderers";

  private final Supplier<ClassLoader> loader;
  private final Set<String> read = new HashSet<>();
  private final List<Method> methods = new ArrayList<>();
  private int knownResources = -1;

  RegisteredRenderers(Supplier<ClassLoader> loader) {
    this.loader = loader;
  }

  Map<String, Object> render(Object value) {
    for (Method method : current()) {
      Map<String, Object> bundle = Renderer.stringKeys(Renderer.invoke(method, null, value));
      if (!bundle.isEmpty()) {
        return bundle;
      }
    }
    return Map.of();
  }

  private synchronized List<Method> current() {
    try {
      List<URL> resources = Collections.list(loader.get().getResources(RESOURCE));
      if (resources.size() != knownResources) {
        knownResources = resources.size();
        for (URL resource : resources) {
          addAll(resource);
        }
      }
    } catch (IOException e) {
      System.err.println("Renderers could not be read: " + e.getMessage());
    }
    return List.copyOf(methods);
  }

  private void addAll(URL resource) throws IOException {
    if (!read.add(resource.toString())) {
      return;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource.openStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          add(name, resource);
        }
      }
    }
  }

  private void add(String name, URL resource) {
    try {
      methods.add(Class.forName(name, true, loader.get()).getMethod("render", Object.class));
    } catch (ReflectiveOperationException | LinkageError e) {
      System.err.println(
          resource + ": the renderer " + name + " has no usable static render(Object): " + e);
    }
  }
}
