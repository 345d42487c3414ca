package dev.embedlab.checkpoint;

import dev.embedlab.engine.Backend;
import dev.embedlab.engine.EagerRunner;
import dev.embedlab.engine.NetworkRunner;
import dev.embedlab.engine.ScriptKernels;
import dev.embedlab.engine.ScriptRunner;
import dev.embedlab.engine.SnapshotRunner;
import dev.embedlab.nn.StaticBackbone;
import dev.embedlab.onnx.OnnxFileRunner;
import dev.embedlab.onnx.OnnxPrecision;
import dev.embedlab.onnx.OnnxRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Starts backends, and finds the fastest that gives the vectors of the reference. */
final class Backends {

  /** Above, a second copy of the weights in memory costs more than a faster backend brings. */
  private static final long MOST_PARAMETERS = 200_000_000;

  /** What was fastest for the checkpoints that this process has opened. */
  private static final Map<Path, Backend> FASTEST = new ConcurrentHashMap<>();

  private Backends() {}

  static NetworkRunner start(Checkpoint checkpoint, OpenOptions options) {
    if (checkpoint.graph().isPresent()) {
      return file(checkpoint, checkpoint.graph().get());
    }
    return switch (options.backend()) {
      case EAGER -> eager(checkpoint);
      case TORCHSCRIPT -> script(checkpoint, ScriptKernels.FUSED);
      case TORCHSCRIPT_BF16 -> copied(checkpoint, script(checkpoint, ScriptKernels.BF16));
      case TORCHSCRIPT_INT8 -> copied(checkpoint, script(checkpoint, ScriptKernels.INT8));
      case ONNX -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.FP32));
      case ONNX_INT8 -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.INT8));
      case ONNX_FILE -> file(checkpoint, options.onnxFile());
      case AUTO -> fastest(checkpoint);
    };
  }

  private static NetworkRunner file(Checkpoint checkpoint, String name) {
    return new OnnxFileRunner(checkpoint.folder(), name, checkpoint.network());
  }

  private static NetworkRunner eager(Checkpoint checkpoint) {
    return new EagerRunner(checkpoint.network(), checkpoint.weights());
  }

  private static NetworkRunner script(Checkpoint checkpoint, ScriptKernels kernels) {
    return new ScriptRunner(checkpoint.network(), checkpoint.weights(), kernels);
  }

  private static NetworkRunner onnx(Checkpoint checkpoint, OnnxPrecision precision) {
    return new OnnxRunner(checkpoint.network(), checkpoint.weights(), precision);
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

  private static NetworkRunner fastest(Checkpoint checkpoint) {
    Path key = checkpoint.folder().toAbsolutePath().normalize();
    Backend known = FASTEST.get(key);
    NetworkRunner eager = eager(checkpoint);
    SelfCheck check = new SelfCheck(checkpoint, eager);
    Optional<NetworkRunner> graph =
        known == Backend.TORCHSCRIPT || !mayBeCopied(checkpoint)
            ? Optional.empty()
            : firstThatPasses(
                check, List.of(() -> copied(checkpoint, onnx(checkpoint, OnnxPrecision.FP32))));
    if (known == Backend.ONNX && graph.isPresent()) {
      return graph.get();
    }
    NetworkRunner script = firstThatPasses(check, scripts(checkpoint)).orElse(eager);
    if (graph.isEmpty()) {
      return script;
    }
    boolean graphWins = check.nanos(graph.get()) < check.nanos(script);
    FASTEST.put(key, graphWins ? Backend.ONNX : Backend.TORCHSCRIPT);
    (graphWins ? script : graph.get()).close();
    return graphWins ? graph.get() : script;
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
