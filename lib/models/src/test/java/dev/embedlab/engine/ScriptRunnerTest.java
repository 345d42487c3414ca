package dev.embedlab.engine;

import dev.embedlab.checkpoint.Checkpoint;
import dev.embedlab.checkpoint.EmbeddingModel;
import dev.embedlab.checkpoint.Models;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRunnerTest {

  /** On processors that saturate and on others. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void biasesTakeBackWhatRoundingWeightsDoes(boolean saturating)
      throws IOException, URISyntaxException {
    Assumptions.assumeTrue(ScriptKernels.INT8.areAvailable(), "libtorch has no 8-bit layers here");
    Assumptions.assumeTrue(
        saturating || !ScriptKernels.INT8.saturate(), "this processor saturates");
    Path folder = Path.of(ScriptRunnerTest.class.getResource("/fixtures/bert-mean-norm").toURI());
    try (EmbeddingModel model = Models.open(folder)) {
      Checkpoint checkpoint = model.checkpoint();
      QuantizationCheck.of(checkpoint)
          .check(
              means ->
                  new ScriptRunner(
                      checkpoint.network(),
                      checkpoint.weights(),
                      ScriptKernels.INT8,
                      means,
                      saturating));
    }
  }
}
