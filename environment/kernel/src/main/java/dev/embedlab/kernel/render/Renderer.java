package dev.embedlab.kernel.render;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Decides in which MIME types a value is shown. */
public final class Renderer {
  private static final String PLAIN = "text/plain";

  private final RegisteredRenderers registered;

  /**
   * @param loader the current class loader of user code
   */
  public Renderer(Supplier<ClassLoader> loader) {
    this.registered = new RegisteredRenderers(loader);
  }

  /**
   * All forms of a value, richest last, always with {@code text/plain}.
   *
   * @param mimeTypes when not empty, only these; a string is taken as being of that type
   */
  public Map<String, Object> render(Object value, String... mimeTypes) {
    if (mimeTypes.length > 0 && value instanceof CharSequence text) {
      return asDeclared(text.toString(), mimeTypes);
    }
    Map<String, Object> all = all(value);
    if (mimeTypes.length == 0) {
      return all;
    }
    Set<String> wanted = new LinkedHashSet<>(List.of(mimeTypes));
    Map<String, Object> kept = new LinkedHashMap<>(all);
    kept.keySet().retainAll(wanted);
    return kept.isEmpty() ? all : kept;
  }

  private static Map<String, Object> asDeclared(String text, String... mimeTypes) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    for (String type : mimeTypes) {
      bundle.put(type, text);
    }
    bundle.putIfAbsent(PLAIN, text);
    return bundle;
  }

  private Map<String, Object> all(Object value) {
    Map<String, Object> bundle = own(value);
    if (bundle.isEmpty()) {
      bundle = registered.render(value);
    }
    if (bundle.isEmpty()) {
      bundle = JdkValues.render(value);
    }
    Map<String, Object> complete = new LinkedHashMap<>(bundle);
    if (!complete.containsKey(PLAIN)) {
      complete.put(PLAIN, PlainText.of(value));
    }
    return complete;
  }

  /** What a value offers by a public method {@code Map<String, Object> mimeBundle()}. */
  private static Map<String, Object> own(Object value) {
    if (value == null) {
      return Map.of();
    }
    Method method = mimeBundleMethod(value.getClass());
    if (method == null) {
      return Map.of();
    }
    return stringKeys(invoke(method, value));
  }

  private static Method mimeBundleMethod(Class<?> type) {
    List<Class<?>> candidates = new ArrayList<>();
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      candidates.add(c);
      candidates.addAll(List.of(c.getInterfaces()));
    }
    for (Class<?> candidate : candidates) {
      try {
        Method method = candidate.getMethod("mimeBundle");
        if (!Modifier.isStatic(method.getModifiers())
            && Map.class.isAssignableFrom(method.getReturnType())) {
          if (method.trySetAccessible()) {
            return method;
          }
        }
      } catch (NoSuchMethodException e) {
        // the next candidate
      }
    }
    return null;
  }

  static Map<String, Object> stringKeys(Object map) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    if (map instanceof Map<?, ?> entries) {
      entries.forEach(
          (key, data) -> {
            if (key instanceof String type && type.contains("/") && data != null) {
              bundle.put(type, data);
            }
          });
    }
    return bundle;
  }

  static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw sneaky(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
    throw (T) t;
  }
}
