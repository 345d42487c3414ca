package dev.embedlab.kernel.shell;

import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * The one jshell of a session with its class path. jshell is not safe for concurrent use: every
 * call holds a lock, which is free while user code runs.
 */
public final class JavaShell {
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*",
          "static dev.embedlab.kernel.runtime.Comms.*",
          "static dev.embedlab.kernel.runtime.Display.*",
          "static dev.embedlab.kernel.runtime.Kernel.*",
          "static dev.embedlab.kernel.runtime.Magics.*");

  private final ReentrantLock lock = new ReentrantLock();
  private final UserClassLoader classLoader = new UserClassLoader();
  private final SnippetClasses classes = new SnippetClasses(classLoader);
  private final CellControl control = new CellControl(classes, classLoader, lock);
  private final SnippetFrames frames = new SnippetFrames();
  private final Set<Path> classPath = new LinkedHashSet<>();
  private final ClassNames names = new ClassNames();
  private final Sources sources = new Sources();
  private final PackageIndex packages = PackageIndex.connect();
  private final JShell jshell;
  private final UsedImports imports;

  /**
   * @param compilerOptions options for javac, for example {@code -Xlint:none}
   */
  public JavaShell(List<String> compilerOptions) {
    // jshell's compiler starts from this property; the kernel's own jar is not for users.
    System.setProperty("java.class.path", System.getProperty("java.home") + "/no-class-path");
    CommonPoolThreads.use(classes.loader());
    jshell =
        JShell.builder()
            .executionEngine(new Provider(), Map.of())
            .fileManager(RuntimeFileManager::new)
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    imports = UsedImports.connect(jshell);
    importDefaults();
  }

  private void importDefaults() {
    IMPORTS.forEach(name -> jshell.eval("import " + name + ";"));
  }

  /** Forgets every declaration; values of variables become garbage. */
  public void reset() {
    lock.lock();
    try {
      for (Snippet snippet : jshell.snippets().toList()) {
        if (snippet instanceof PersistentSnippet && jshell.status(snippet).isActive()) {
          if (snippet instanceof VarSnippet variable) {
            clear(variable);
          }
          jshell.drop(snippet);
        }
      }
      importDefaults();
    } finally {
      lock.unlock();
    }
  }

  private void clear(VarSnippet variable) {
    try {
      String owner = jshell.sourceCodeAnalysis().wrapper(variable).fullClassName();
      Field field = classes.findClass(owner).getField(variable.name());
      if (!field.getType().isPrimitive()) {
        field.set(null, null);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // It was declared but never defined: there is no value.
    }
  }

  /** What jshell made of one snippet. */
  record Result(List<SnippetEvent> events, Object value, Throwable error) {}

  /** Evaluates one complete snippet. */
  Result eval(String source, Execution execution, CellSource cell, int offset) {
    lock.lock();
    try {
      control.use(execution);
      List<SnippetEvent> events = imports.compile(source, () -> jshell.eval(source));
      return new Result(events, control.takeValue(), control.takeError());
    } finally {
      control.use(null);
      lock.unlock();
    }
  }

  /** Remembers where the code of a snippet stands, before it runs. */
  void locate(Snippet snippet, CellSource cell, int offset) {
    frames.add(cell, offset, jshell.sourceCodeAnalysis().wrapper(snippet));
  }

  SnippetFrames frames() {
    return frames;
  }

  /** Runs a query on jshell while holding its lock. */
  public <T> T query(Function<JShell, T> query) {
    lock.lock();
    try {
      return query.apply(jshell);
    } finally {
      lock.unlock();
    }
  }

  /** Splits off the first snippet of a text. */
  public SourceCodeAnalysis.CompletionInfo analyze(String source) {
    return query(shell -> shell.sourceCodeAnalysis().analyzeCompletion(source));
  }

  /** Adds jars and class folders for the code of this session. */
  public void addToClassPath(List<Path> entries) {
    lock.lock();
    try {
      List<Path> added = new ArrayList<>();
      for (Path entry : entries) {
        Path path = entry.toAbsolutePath().normalize();
        if (classPath.add(path)) {
          added.add(path);
        }
      }
      if (!added.isEmpty()) {
        packages.add(added);
        jshell.addToClasspath(text(added));
        System.setProperty("java.class.path", text(classPath));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Full names of public classes whose simple name starts with a prefix. */
  public List<String> classNames(String prefix, int limit) {
    return names.startingWith(prefix, classPath(), loader(), limit);
  }

  /** Signatures and Javadoc of what stands at the end of some code. */
  public List<SourceCodeAnalysis.Documentation> documentation(String code) {
    return query(
        shell -> {
          sources.use(shell.sourceCodeAnalysis(), List.copyOf(classPath));
          return shell.sourceCodeAnalysis().documentation(code, code.length(), true);
        });
  }

  /** The class path of user code, in order. */
  public List<Path> classPath() {
    lock.lock();
    try {
      return List.copyOf(classPath);
    } finally {
      lock.unlock();
    }
  }

  /** The loader of user code: its class path, and the classes of cells. */
  public ClassLoader loader() {
    return classes.loader();
  }

  private static String text(Collection<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  private final class Provider implements ExecutionControlProvider {
    @Override
    public String name() {
      return "kernel";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
