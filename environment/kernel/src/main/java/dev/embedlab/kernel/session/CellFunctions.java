package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.magic.MagicLine;
import dev.embedlab.kernel.output.CellOutput;
import dev.embedlab.kernel.output.Publisher;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.render.Renderer;
import dev.embedlab.kernel.runtime.KernelBridge;
import dev.embedlab.kernel.shell.CellException;
import dev.embedlab.kernel.shell.JavaShell;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The functions that code in cells calls. */
final class CellFunctions implements KernelBridge {
  private final CellRunner cells;
  private final Renderer renderer;
  private final InputRequests input;
  private final JavaShell shell;

  CellFunctions(
      Publisher publisher,
      CellRunner cells,
      Renderer renderer,
      InputRequests input,
      JavaShell shell) {
    this.cells = cells;
    this.renderer = renderer;
    this.input = input;
    this.shell = shell;
  }

  @Override
  public Map<String, Object> render(Object value, String... mimeTypes) {
    return renderer.render(value, mimeTypes);
  }

  @Override
  public String display(Object value, String... mimeTypes) {
    String id = UUID.randomUUID().toString();
    CellOutput.current().publish("display_data", content(id, value, mimeTypes));
    CellOutput.current().displayed(id);
    return id;
  }

  @Override
  public void updateDisplay(String id, Object value, String... mimeTypes) {
    CellOutput.current().publish("update_display_data", content(id, value, mimeTypes));
  }

  private ObjectNode content(String id, Object value, String... mimeTypes) {
    ObjectNode content = Json.object();
    content.set("data", Bundles.data(renderer.render(value, mimeTypes)));
    content.set("metadata", Json.object());
    content.set("transient", Json.object().put("display_id", id));
    return content;
  }

  @Override
  public void clearOutput(boolean wait) {
    CellOutput.current().publish("clear_output", Json.object().put("wait", wait));
  }

  @Override
  public Object eval(String code) throws Exception {
    try {
      return cells.eval(code).orElse(null);
    } catch (CellException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public Object lineMagic(String name, List<String> arguments) {
    try {
      return cells.lineMagic(new MagicLine(name, arguments, String.join(" ", arguments)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("%" + name + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public Object cellMagic(String name, List<String> arguments, String body) {
    try {
      return cells.cellMagic(new MagicLine(name, arguments, String.join(" ", arguments)), body);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("%%" + name + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public String input(String prompt, boolean password) {
    return input.ask(prompt, password);
  }

  @Override
  public String runtimeInfo() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        "Java %s (%s), %d cores, %d of %d MB heap used, %d class path entries",
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        runtime.availableProcessors(),
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        runtime.maxMemory() >> 20,
        shell.classPath().size());
  }
}
