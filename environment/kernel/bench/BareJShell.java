import java.io.BufferedReader;
import java.io.InputStreamReader;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;

/** jshell and nothing around it: evaluates each line of its input and prints the nanoseconds. */
public final class BareJShell {
  /**
   * @param arguments the class path of the snippets, then what every session of the kernel imports:
   *     both cost jshell time with each snippet
   */
  public static void main(String[] arguments) throws Exception {
    try (JShell shell = JShell.builder().executionEngine("local").build();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
      shell.addToClasspath(arguments[0]);
      for (int i = 1; i < arguments.length; i++) {
        shell.eval("import " + arguments[i] + ";");
      }
      for (String line; (line = lines.readLine()) != null; ) {
        long start = System.nanoTime();
        for (SnippetEvent event : shell.eval(line)) {
          if (event.exception() != null || !event.status().isActive()) {
            throw new IllegalStateException(line + ": " + event);
          }
        }
        System.out.println(System.nanoTime() - start);
      }
    }
  }
}
