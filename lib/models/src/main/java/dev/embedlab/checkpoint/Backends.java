package dev.embedlab.checkpoint;

import ai.djl.engine.EngineException;
import dev.embedlab.engine.Backend;
import dev.embedlab.engine.BatchWorkers;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.InputMeans;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.ScriptKernels;
import dev.embedlab.engine.ScriptRunner;
import dev.embedlab.engine.SnapshotRunner;
import dev.embedlab.engine.WorkerThreads;
import dev.embedlab.nn.StaticBackbone;
import dev.embedlab.onnx.OnnxFileRunner;
import dev.embedlab.onnx.OnnxPrecision;
import dev.embedlab.onnx.OnnxRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Starts backends, and finds the fastest that gives the vectors of the reference. */
final class Backends {

  /** Above, a second copy of the weights in memory costs more than a faster backend brings. */
  private static final long MOST_PARAMETERS = 200_000_000;

  /** Starting ONNX Runtime takes longer than it can save on fewer texts. */
  private static final long FEW_TEXTS = 500;

  /** What was fastest for the checkpoints that this process has opened. */
  private static final Map<Path, Backend> FASTEST = new ConcurrentHashMap<>();

  private Backends() {}

  static NetworkRunner start(Checkpoint checkpoint, OpenOptions options) {
    if (checkpoint.graph().isPresent()) {
      return file(checkpoint, checkpoint.graph().get());
    }
    try {
      return chosen(checkpoint, options);
    } catch (EngineException e) {
      if (options.backend().isAvailable()) {
        throw e; // the model is to blame, or its input
      }
      throw new UnsupportedOperationException(
          "Backend '%s' does not run on this machine: %s. Take 'auto' or another one."
              .formatted(options.backend().label(), lastLine(e.getMessage())),
          e);
    }
  }

  /** The reason; lines before it quote the program. */
  private static String lastLine(String message) {
    return message.strip().lines().reduce("", (before, line) -> line).strip();
  }

  private static NetworkRunner chosen(Checkpoint checkpoint, OpenOptions options) {
    return switch (options.backend()) {
      case EAGER -> eager(checkpoint);
      case TORCHSCRIPT -> script(checkpoint, ScriptKernels.FUSED);
      case TORCHSCRIPT_BF16 -> copied(checkpoint, script(checkpoint, ScriptKernels.BF16));
      case TORCHSCRIPT_INT8 -> copied(checkpoint, script(checkpoint, ScriptKernels.INT8));
      case ONNX -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.FP32));
      case ONNX_INT8 -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.INT8));
      case ONNX_FILE -> file(checkpoint, options.onnxFile());
      case AUTO -> fastest(checkpoint, options.expectedTexts());
    };
  }

  private static NetworkRunner file(Checkpoint checkpoint, String name) {
    return new OnnxFileRunner(checkpoint.folder(), name, checkpoint.network());
  }

  private static NetworkRunner eager(Checkpoint checkpoint) {
    return new EagerRunner(checkpoint.network(), checkpoint.weights());
  }

  private static NetworkRunner script(Checkpoint checkpoint, ScriptKernels kernels) {
    InputMeans means =
        kernels == ScriptKernels.INT8 ? Calibration.inputMeans(checkpoint) : InputMeans.none();
    return new ScriptRunner(checkpoint.network(), checkpoint.weights(), kernels, means);
  }

  private static NetworkRunner onnx(Checkpoint checkpoint, OnnxPrecision precision) {
    InputMeans means =
        precision == OnnxPrecision.INT8 ? Calibration.inputMeans(checkpoint) : InputMeans.none();
    return new OnnxRunner(checkpoint.network(), checkpoint.weights(), precision, means);
  }

  private static NetworkRunner copied(Checkpoint checkpoint, NetworkRunner runner) {
    return new SnapshotRunner(checkpoint.weights(), runner, () -> live(checkpoint));
  }

  /** The fastest backend that reads the weights themselves. */
  private static NetworkRunner live(Checkpoint checkpoint) {
    NetworkRunner eager = eager(checkpoint);
    SelfCheck check = new SelfCheck(checkpoint, eager);
    return firstThatPasses(check, scripts(checkpoint)).orElse(eager);
  }

  private static List<Supplier<NetworkRunner>> scripts(Checkpoint checkpoint) {
    return List.of(
        () -> script(checkpoint, ScriptKernels.FUSED),
        () -> script(checkpoint, ScriptKernels.PLAIN));
  }

  private static NetworkRunner fastest(Checkpoint checkpoint, long expectedTexts) {
    Path key = checkpoint.folder().toAbsolutePath().normalize();
    Backend known = FASTEST.get(key);
    NetworkRunner eager = eager(checkpoint);
    boolean few = expectedTexts < FEW_TEXTS;
    if (known == Backend.TORCHSCRIPT || few || !mayBeCopied(checkpoint)) {
      return firstThatPasses(new SelfCheck(checkpoint, eager), scripts(checkpoint)).orElse(eager);
    }
    // Beside the reference and the other candidate: either needs the better part of a second.
    Future<NetworkRunner> onnx =
        WorkerThreads.start(() -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.FP32)));
    SelfCheck check = selfCheck(checkpoint, eager, onnx);
    Optional<NetworkRunner> script =
        known == Backend.ONNX ? Optional.empty() : firstThatPasses(check, scripts(checkpoint));
    Optional<NetworkRunner> graph = firstThatPasses(check, List.of(() -> BatchWorkers.await(onnx)));
    if (graph.isEmpty() || script.isEmpty()) {
      return graph.or(() -> script).orElse(eager);
    }
    boolean graphWins = check.nanos(graph.get()) < check.nanos(script.get());
    FASTEST.put(key, graphWins ? Backend.ONNX : Backend.TORCHSCRIPT);
    (graphWins ? script : graph).get().close();
    return graphWins ? graph.get() : script.get();
  }

  /** If the reference fails, the checkpoint will be closed, which nobody may be reading then. */
  private static SelfCheck selfCheck(
      Checkpoint checkpoint, NetworkRunner eager, Future<NetworkRunner> onnx) {
    try {
      return new SelfCheck(checkpoint, eager);
    } catch (RuntimeException | Error e) {
      BatchWorkers.finish(onnx);
      if (onnx.state() == Future.State.SUCCESS) {
        onnx.resultNow().close();
      }
      throw e;
    }
  }

  private static boolean mayBeCopied(Checkpoint checkpoint) {
    return !(checkpoint.network().backbone() instanceof StaticBackbone)
        && checkpoint.weights().count() <= MOST_PARAMETERS;
  }

  /** A runtime without some operation says so when the program is compiled or first run. */
  private static Optional<NetworkRunner> firstThatPasses(
      SelfCheck check, List<Supplier<NetworkRunner>> candidates) {
    for (Supplier<NetworkRunner> start : candidates) {
      NetworkRunner candidate = null;
      try {
        candidate = start.get();
        if (check.passes(candidate)) {
          return Optional.of(candidate);
        }
      } catch (RuntimeException | LinkageError e) {
        // The next one may do; the last resort always does.
      }
      if (candidate != null) {
        candidate.close();
      }
    }
    return Optional.empty();
  }
}
