package dev.embedlab.kernel.runtime;

import java.util.List;
import java.util.Map;

/** What the kernel does for code in cells; implemented by the kernel, not by users. */
public interface KernelBridge {
  /** Renders a value as MIME types and their data. */
  Map<String, Object> render(Object value, String... mimeTypes);

  /** Shows a value below the running cell and returns the id of that output. */
  String display(Object value, String... mimeTypes);

  /** Replaces the content of every output with this id. */
  void updateDisplay(String id, Object value, String... mimeTypes);

  /** Empties the output of the running cell. */
  void clearOutput(boolean wait);

  /** Evaluates code and returns the value of its last expression. */
  Object eval(String code) throws Exception;

  /** Runs a line magic. */
  Object lineMagic(String name, List<String> arguments);

  /** Runs a cell magic. */
  Object cellMagic(String name, List<String> arguments, String body);

  /** Asks the user for a line of text. */
  String input(String prompt, boolean password);

  /** One line on the Java, its memory and the class path. */
  String runtimeInfo();
}
