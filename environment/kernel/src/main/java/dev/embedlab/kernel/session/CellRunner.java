package dev.embedlab.kernel.session;

import dev.embedlab.kernel.magic.CellParts;
import dev.embedlab.kernel.magic.Magic;
import dev.embedlab.kernel.magic.MagicException;
import dev.embedlab.kernel.magic.MagicLine;
import dev.embedlab.kernel.magic.MagicRegistry;
import dev.embedlab.kernel.shell.CellEvaluator;
import dev.embedlab.kernel.shell.CellException;
import dev.embedlab.kernel.shell.CellSource;
import dev.embedlab.kernel.shell.Execution;
import dev.embedlab.kernel.shell.InterruptedCell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs whole cells: Java code and magics in their order. */
final class CellRunner {
  private static final InheritableThreadLocal<Running> RUNNING = new InheritableThreadLocal<>();

  /** What is running on this thread, for code that a magic evaluates in turn. */
  private record Running(CellSource cell, Execution execution) {}

  private final CellEvaluator evaluator;
  private final MagicRegistry magics;

  CellRunner(CellEvaluator evaluator, MagicRegistry magics) {
    this.evaluator = evaluator;
    this.magics = magics;
  }

  /** Runs a cell and returns the value of its last expression. */
  Optional<Object> run(CellSource cell, Execution execution) throws CellException, InterruptedCell {
    Running before = RUNNING.get();
    RUNNING.set(new Running(cell, execution));
    try {
      Optional<Object> last = Optional.empty();
      for (CellParts.Part part : CellParts.of(cell.text())) {
        last =
            switch (part) {
              case CellParts.Code code ->
                  evaluator.run(cell, code.offset(), code.text(), execution);
              case CellParts.Line line -> magic(line.magic(), execution, line.offset());
              case CellParts.Cell whole -> cellMagic(whole, execution);
            };
      }
      return last;
    } finally {
      RUNNING.set(before);
    }
  }

  /** Runs a piece of the running cell, for magics such as {@code %%time}. */
  Optional<Object> runPart(Magic.Source source) throws CellException, InterruptedCell {
    Running running = RUNNING.get();
    return running == null
        ? eval(source.text())
        : evaluator.run(running.cell(), source.offset(), source.text(), running.execution());
  }

  /** Evaluates code that a cell built itself. */
  Optional<Object> eval(String code) throws CellException, InterruptedCell {
    Execution execution =
        Execution.current()
            .orElseThrow(() -> new IllegalStateException("eval needs a running cell."));
    return run(new CellSource("eval", code), execution);
  }

  /** Runs code on the cell's thread, interruptible like the cell itself. */
  <T> T onCellThread(Execution execution, Callable<T> task) throws CellException, InterruptedCell {
    Running running = RUNNING.get();
    try {
      return execution.call(
          () -> {
            RUNNING.set(running);
            return task.call();
          });
    } catch (InterruptedCell | CellException e) {
      throw e;
    } catch (MagicException e) {
      throw new CellException("MagicException", e.getMessage(), List.of(e.getMessage()), e);
    } catch (Throwable t) {
      throw evaluator.describe(t);
    }
  }

  Object lineMagic(MagicLine line) throws Exception {
    return magics
        .find(line.name(), false)
        .body()
        .run(line.arguments(), new Magic.Source(line.rest(), 0), false);
  }

  Object cellMagic(MagicLine line, String body) throws Exception {
    return magics
        .find(line.name(), true)
        .body()
        .run(line.arguments(), new Magic.Source(body, 0), true);
  }

  private Optional<Object> magic(MagicLine line, Execution execution, int offset)
      throws CellException, InterruptedCell {
    return Optional.ofNullable(
        onCellThread(
            execution,
            () -> {
              Magic magic = magics.find(line.name(), false);
              return magic
                  .body()
                  .run(line.arguments(), new Magic.Source(line.rest(), offset), false);
            }));
  }

  private Optional<Object> cellMagic(CellParts.Cell whole, Execution execution)
      throws CellException, InterruptedCell {
    return Optional.ofNullable(
        onCellThread(
            execution,
            () -> {
              Magic magic = magics.find(whole.magic().name(), true);
              Magic.Source body = new Magic.Source(whole.body(), whole.bodyOffset());
              return magic.body().run(whole.magic().arguments(), body, true);
            }));
  }
}
