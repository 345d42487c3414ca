package dev.embedlab.display;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Shows values in the notebook whose kernel runs this code, and changes them in place. Outside a
 * notebook, values are printed.
 */
public final class Notebook {

  /** Java kernels keep their display functions in such a class, with the same two signatures. */
  private static final List<String> KERNELS =
      List.of(
          "dev.embedlab.kernel.runtime.Display",
          "io.github.spencerpark.ijava.runtime.Display",
          "org.dflib.jjava.kernel.Display",
          "org.dflib.jjava.runtime.Display");

  private static final Optional<Functions> KERNEL = find();

  private record Functions(MethodHandle display, MethodHandle update) {}

  private Notebook() {}

  /** Whether a kernel's display functions were found. */
  public static boolean isPresent() {
    return KERNEL.isPresent();
  }

  /**
   * Shows a value below the running cell.
   *
   * @return the name under which {@link #update} can change it
   */
  public static String show(Object value) {
    if (KERNEL.isEmpty()) {
      System.out.println(value);
      return UUID.randomUUID().toString();
    }
    try {
      return (String) KERNEL.get().display().invoke(value, new String[0]);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Puts another value in the place of one shown before; does nothing outside a notebook. */
  public static void update(String id, Object value) {
    if (KERNEL.isPresent()) {
      try {
        KERNEL.get().update().invoke(id, value, new String[0]);
      } catch (Throwable e) {
        throw failure(e);
      }
    }
  }

  /** A MIME bundle as a value that {@link #show} takes. */
  public static Object bundle(Map<String, Object> contents) {
    return new Bundle(Map.copyOf(contents));
  }

  /** What {@link #bundle} makes: public because kernels call it by reflection. */
  public record Bundle(Map<String, Object> mimeBundle) {
    @Override
    public String toString() {
      return String.valueOf(mimeBundle.getOrDefault("text/plain", ""));
    }
  }

  private static Optional<Functions> find() {
    ClassLoader loader = Notebook.class.getClassLoader();
    for (String name : KERNELS) {
      try {
        Class<?> type = Class.forName(name, true, loader);
        var lookup = MethodHandles.publicLookup();
        MethodHandle display =
            lookup.findStatic(
                type, "display", MethodType.methodType(String.class, Object.class, String[].class));
        MethodHandle update =
            lookup.findStatic(
                type,
                "updateDisplay",
                MethodType.methodType(void.class, String.class, Object.class, String[].class));
        return Optional.of(new Functions(display.asFixedArity(), update.asFixedArity()));
      } catch (ReflectiveOperationException | LinkageError e) {
        // Not this kernel; try the next.
      }
    }
    return Optional.empty();
  }

  private static RuntimeException failure(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException runtime -> runtime;
      default -> new IllegalStateException("The kernel could not show a value.", e);
    };
  }
}
