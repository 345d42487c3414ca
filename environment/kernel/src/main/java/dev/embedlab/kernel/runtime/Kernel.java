package dev.embedlab.kernel.runtime;

/** Talks to the running kernel: evaluation, questions to the user, facts about the process. */
public final class Kernel {
  private Kernel() {}

  /**
   * Evaluates code in the session and returns the value of its last expression, or null.
   *
   * @throws Exception what the code threw, or a description of why it does not compile
   */
  public static Object eval(String code) throws Exception {
    return Bridge.get().eval(code);
  }

  /** Asks the user for a line of text; the prompt stands before the input field. */
  public static String input(String prompt) {
    return Bridge.get().input(prompt, false);
  }

  /** Asks the user for a line of text without showing what is typed. */
  public static String password(String prompt) {
    return Bridge.get().input(prompt, true);
  }

  /** The Java version, memory, cores and class path of the kernel process. */
  public static String runtimeInfo() {
    return Bridge.get().runtimeInfo();
  }
}
