package dev.embedlab.kernel.shell;

import java.lang.reflect.Field;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/**
 * Spares jshell the imports that a snippet does not use. Left alone, jshell imports every variable
 * and method of the session into each snippet and resolves them all in each of its passes, so that
 * a cell takes longer with every cell before it. Code names a variable or a method as it was
 * declared: those whose names stand neither in the snippet nor in what depends on it are left out.
 * Types and the user's own imports always stay, as the compiler infers types that nobody spelled.
 *
 * <p>jshell has no API for this: where its parts are not as expected, it imports everything.
 */
final class UsedImports {
  /** The names that what is compiled on this thread may use; none while nothing is left out. */
  private final ThreadLocal<Set<String>> used = new ThreadLocal<>();

  private final Declared declared = new Declared();

  /** Connects to a jshell that has evaluated nothing yet. */
  static UsedImports connect(JShell jshell) {
    UsedImports connected = new UsedImports();
    try {
      Object maps = value(JShell.class, "maps", jshell);
      if (value(maps.getClass(), "keyIndexToSnippet", maps) instanceof List<?> list
          && list.isEmpty()) {
        field(maps.getClass(), "keyIndexToSnippet").set(maps, connected.declared);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // This jshell keeps its snippets elsewhere, or is closed to others.
    }
    return connected;
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Object value(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    return field(type, name).get(of);
  }

  /** Evaluates a snippet with the imports it uses; to be called while holding the shell's lock. */
  <T> T compile(String source, Supplier<T> evaluation) {
    Set<String> outer = used.get();
    used.set(namesFor(source));
    try {
      return evaluation.get();
    } finally {
      used.set(outer);
    }
  }

  /**
   * Names in the snippet, and in what jshell compiles again because the snippet declares something
   * it mentions, and so on.
   */
  private Set<String> namesFor(String source) {
    SnippetNames names = SnippetNames.of(source);
    if (names.isImport()) {
      return null;
    }
    Set<String> all = new HashSet<>(names.all());
    Set<String> changed = new HashSet<>(names.declared());
    List<Integer> rest = declared.mentioning();
    while (rest.removeIf(index -> declared.follow(index, changed, all))) {
      // What followed may be mentioned by others in turn.
    }
    return all;
  }

  /** jshell's declarations; it goes through them to write the imports of a snippet. */
  private final class Declared extends AbstractList<Snippet> {
    private final List<Snippet> snippets = new ArrayList<>();
    private final List<Set<String>> names = new ArrayList<>();

    @Override
    public int size() {
      return snippets.size();
    }

    @Override
    public Snippet get(int index) {
      return snippets.get(index);
    }

    @Override
    public void add(int index, Snippet snippet) {
      snippets.add(index, snippet);
      names.add(index, names(snippet));
    }

    @Override
    public Snippet set(int index, Snippet snippet) {
      names.set(index, names(snippet));
      return snippets.set(index, snippet);
    }

    private static Set<String> names(Snippet snippet) {
      return snippet instanceof PersistentSnippet
          ? SnippetNames.of(snippet.source()).all()
          : Set.of();
    }

    /** Places of the declarations that mention any name; the list is the caller's. */
    List<Integer> mentioning() {
      return IntStream.range(0, size())
          .filter(i -> !names.get(i).isEmpty())
          .boxed()
          .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Adds what a declaration mentions, if that is anything that changed; then it changes too. */
    boolean follow(int index, Set<String> changed, Set<String> all) {
      boolean follows = !Collections.disjoint(names.get(index), changed);
      if (follows && get(index) instanceof PersistentSnippet declaration) {
        all.addAll(names.get(index));
        changed.add(declaration.name());
      }
      return follows;
    }

    @Override
    public Iterator<Snippet> iterator() {
      Set<String> mentioned = used.get();
      return mentioned == null
          ? snippets.iterator()
          : snippets.stream().filter(snippet -> !isUnused(snippet, mentioned)).iterator();
    }

    private static boolean isUnused(Snippet snippet, Set<String> mentioned) {
      return switch (snippet) {
        case VarSnippet variable -> !mentioned.contains(variable.name());
        case MethodSnippet method -> !mentioned.contains(method.name());
        case null, default -> false;
      };
    }
  }
}
