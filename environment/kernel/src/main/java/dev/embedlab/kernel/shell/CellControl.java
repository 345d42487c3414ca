package dev.embedlab.kernel.shell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs compiled snippets in this process, on the cell's thread, and keeps the value itself instead
 * of its text. While user code runs the shell's lock is free, so that completion still works.
 */
final class CellControl extends DirectExecutionControl {
  private final UserClassLoader classPath;
  private final ReentrantLock shellLock;
  private final ThreadLocal<Execution> execution = new ThreadLocal<>();
  private final ThreadLocal<Object> value = new ThreadLocal<>();
  private final ThreadLocal<Throwable> error = new ThreadLocal<>();

  CellControl(SnippetClasses classes, UserClassLoader classPath, ReentrantLock shellLock) {
    super(classes);
    this.classPath = classPath;
    this.shellLock = shellLock;
  }

  /** The run that snippets evaluated by this thread belong to. */
  void use(Execution current) {
    execution.set(current);
    value.remove();
    error.remove();
  }

  Object takeValue() {
    Object taken = value.get();
    value.remove();
    return taken;
  }

  Throwable takeError() {
    Throwable taken = error.get();
    error.remove();
    return taken;
  }

  @Override
  public String invoke(String className, String methodName)
      throws RunException, InternalException, EngineTerminationException {
    Execution run = execution.get();
    shellLock.unlock();
    try {
      value.set(run.call(() -> call(className, methodName)));
      return "";
    } catch (Throwable t) {
      error.set(t);
      if (t instanceof SPIResolutionException unresolved) {
        throw new ResolutionException(unresolved.id(), unresolved.getStackTrace());
      }
      throw new UserException(t.getMessage(), t.getClass().getName(), t.getStackTrace());
    } finally {
      shellLock.lock();
    }
  }

  private Object call(String className, String methodName) throws Exception {
    // Found here because loading the class may run user code: static initializers.
    Method method = findClass(className).getDeclaredMethod(methodName);
    method.setAccessible(true);
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      throw rethrow(e.getCause());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException rethrow(Throwable t) throws T {
    throw (T) t;
  }

  @Override
  public void addToClasspath(String path) {
    for (String entry : path.split(java.io.File.pathSeparator)) {
      classPath.add(Path.of(entry));
    }
  }

  @Override
  public String varValue(String className, String varName) {
    return "";
  }
}
