package dev.embedlab.kernel.shell;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * All native work is done on one thread, because JNI environments belong to threads. Handles go
 * straight from one native call into NewGlobalRef, since local references would not outlive the
 * Java code between two calls.
 */
@SuppressWarnings("restricted")
final class StopWorker extends Thread {
  // Positions in the function tables of jni.h and jvmti.h.
  private static final int GET_ENV = 6;
  private static final int FIND_CLASS = 6;
  private static final int NEW_GLOBAL_REF = 21;
  private static final int DELETE_GLOBAL_REF = 22;
  private static final int GET_OBJECT_CLASS = 31;
  private static final int GET_FIELD_ID = 94;
  private static final int GET_OBJECT_FIELD = 95;
  private static final int GET_STATIC_METHOD_ID = 113;
  private static final int CALL_STATIC_OBJECT_METHOD_A = 116;
  private static final int SUSPEND_THREAD = 4;
  private static final int RESUME_THREAD = 5;
  private static final int STOP_THREAD = 6;
  private static final int ADD_CAPABILITIES = 141;
  private static final int JVMTI_VERSION = 0x30010000;
  private static final int JNI_VERSION = 0x00010008;
  private static final long CAN_SIGNAL_AND_SUSPEND = 1L << 10 | 1L << 20;

  // Read by native code, by name.
  @SuppressWarnings("unused")
  private volatile Thread target;

  @SuppressWarnings("unused")
  private volatile Throwable death;

  private final Linker linker = Linker.nativeLinker();
  private boolean anywhere;
  private boolean stopped;
  private CountDownLatch answered;
  private long jni;
  private long jvmti;
  private MethodHandle newGlobalRef;
  private MethodHandle deleteGlobalRef;
  private MethodHandle getObjectField;
  private MethodHandle suspendThread;
  private MethodHandle resumeThread;
  private MethodHandle stopThread;
  private long self;
  private long targetField;
  private long deathField;

  StopWorker() {
    super("kernel-stopper");
  }

  synchronized boolean stop(Thread thread, boolean inFragileCodeToo) {
    if (!isAlive()) {
      return false;
    }
    CountDownLatch latch = new CountDownLatch(1);
    answered = latch;
    anywhere = inFragileCodeToo;
    stopped = false;
    target = thread;
    notifyAll();
    try {
      wait(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return latch.getCount() == 0 && stopped;
  }

  @Override
  @SuppressWarnings("removal")
  public void run() {
    try {
      synchronized (this) {
        while (target == null) {
          wait();
        }
        connect();
        while (true) {
          death = new ThreadDeath();
          stopped = cut(target, anywhere);
          target = null;
          answered.countDown();
          notifyAll();
          while (target == null) {
            wait();
          }
        }
      }
    } catch (Throwable t) {
      // This JVM offers no such interface: cells that ignore interrupts are left behind instead.
    }
  }

  private boolean cut(Thread thread, boolean inFragileCodeToo) throws Throwable {
    long threadRef = (long) getObjectField.invokeExact(self, targetField);
    long deathRef = (long) getObjectField.invokeExact(self, deathField);
    int suspended = (int) suspendThread.invokeExact(jvmti, threadRef);
    boolean done = false;
    if (suspended == 0) {
      if (ThreadStopper.stoppable(thread.getStackTrace(), inFragileCodeToo)) {
        done = (int) stopThread.invokeExact(jvmti, threadRef, deathRef) == 0;
      }
      int resumed = (int) resumeThread.invokeExact(jvmti, threadRef);
      done &= resumed == 0;
    }
    deleteGlobalRef.invokeExact(threadRef);
    deleteGlobalRef.invokeExact(deathRef);
    return done;
  }

  private void connect() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vm = virtualMachine(arena);
      MemorySegment invoke = table(vm, GET_ENV + 1);
      MemorySegment tools = environment(arena, vm, invoke, JVMTI_VERSION);
      MemorySegment natives = environment(arena, vm, invoke, JNI_VERSION);
      jvmti = tools.address();
      jni = natives.address();
      bind(
          table(natives, CALL_STATIC_OBJECT_METHOD_A + 1),
          table(tools, ADD_CAPABILITIES + 1),
          arena);
    }
  }

  private MemorySegment virtualMachine(Arena arena) throws Throwable {
    MethodHandle created =
        linker.downcallHandle(
            SymbolLookup.libraryLookup(jvmLibrary(), Arena.global())
                .find("JNI_GetCreatedJavaVMs")
                .orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    MemorySegment list = arena.allocate(ADDRESS);
    check((int) created.invokeExact(list, 1, arena.allocate(JAVA_INT)));
    return list.get(ADDRESS, 0).reinterpret(8);
  }

  private MemorySegment environment(
      Arena arena, MemorySegment vm, MemorySegment invoke, int version) throws Throwable {
    MethodHandle getEnv =
        function(invoke, GET_ENV, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    MemorySegment out = arena.allocate(ADDRESS);
    check((int) getEnv.invokeExact(vm, out, version));
    return out.get(ADDRESS, 0).reinterpret(8);
  }

  private void bind(MemorySegment natives, MemorySegment tools, Arena arena) throws Throwable {
    FunctionDescriptor two = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    FunctionDescriptor three = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    FunctionDescriptor four =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    FunctionDescriptor status = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    MemorySegment wanted = arena.allocate(16);
    wanted.set(JAVA_LONG, 0, CAN_SIGNAL_AND_SUSPEND);
    check((int) function(tools, ADD_CAPABILITIES, status).invokeExact(jvmti, wanted.address()));
    newGlobalRef = withJni(function(natives, NEW_GLOBAL_REF, two));
    deleteGlobalRef =
        withJni(
            function(natives, DELETE_GLOBAL_REF, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG)));
    getObjectField = kept(function(natives, GET_OBJECT_FIELD, three));
    suspendThread = function(tools, SUSPEND_THREAD, status);
    resumeThread = function(tools, RESUME_THREAD, status);
    stopThread =
        function(
            tools, STOP_THREAD, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    MethodHandle getStaticMethod = function(natives, GET_STATIC_METHOD_ID, four);
    MethodHandle getField = function(natives, GET_FIELD_ID, four);
    long threadClass =
        (long)
            kept(function(natives, FIND_CLASS, two)).invokeExact(text(arena, "java/lang/Thread"));
    long currentThread =
        (long)
            getStaticMethod.invokeExact(
                jni,
                threadClass,
                text(arena, "currentThread"),
                text(arena, "()Ljava/lang/Thread;"));
    self =
        (long)
            kept(function(natives, CALL_STATIC_OBJECT_METHOD_A, four))
                .invokeExact(threadClass, currentThread, 0L);
    long own = (long) kept(function(natives, GET_OBJECT_CLASS, two)).invokeExact(self);
    targetField =
        (long)
            getField.invokeExact(
                jni, own, text(arena, "target"), text(arena, "Ljava/lang/Thread;"));
    deathField =
        (long)
            getField.invokeExact(
                jni, own, text(arena, "death"), text(arena, "Ljava/lang/Throwable;"));
  }

  private MethodHandle kept(MethodHandle returnsLocalReference) {
    return MethodHandles.filterReturnValue(withJni(returnsLocalReference), newGlobalRef);
  }

  private MethodHandle withJni(MethodHandle function) {
    return MethodHandles.insertArguments(function, 0, jni);
  }

  private MethodHandle function(MemorySegment table, int index, FunctionDescriptor type) {
    return linker.downcallHandle(table.getAtIndex(ADDRESS, index), type);
  }

  private static MemorySegment table(MemorySegment environment, int length) {
    return environment.get(ADDRESS, 0).reinterpret(8L * length);
  }

  private static long text(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  private static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException("The JVM answered " + status);
    }
  }

  private static Path jvmLibrary() {
    Path home = Path.of(System.getProperty("java.home"));
    Optional<Path> found =
        List.of("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll").stream()
            .map(home::resolve)
            .filter(Files::isRegularFile)
            .findFirst();
    return found.orElseThrow();
  }
}
