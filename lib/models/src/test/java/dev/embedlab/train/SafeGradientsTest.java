package dev.embedlab.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.embedlab.train.loss.Embeddings;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * DJL's operations with a Java number put it in a buffer that the garbage collector may free before
 * autograd reads it. No differentiable code may call them.
 */
class SafeGradientsTest {

  private static final List<String> UNSAFE =
      List.of("mul", "muli", "div", "divi", "pow", "powi", "mod", "maximum", "minimum");

  @Test
  void noScalarOperationThatAutogradRemembers() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.embedlab");
    for (String method : UNSAFE) {
      noClasses()
          .should()
          .callMethod(NDArray.class, method, Number.class)
          .because("its gradient is wrong after a garbage collection; use an array made by full()")
          .check(classes);
    }
    assertThat(classes.contain(MultipleNegativesRanking.class)).isTrue();
  }

  @Test
  void gradientsSurviveGarbageCollection() {
    int steps = Integer.getInteger("embedlab.gc.steps", 100);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray a = manager.randomNormal(new Shape(8, 16));
      NDArray b = manager.randomNormal(new Shape(8, 16));
      a.setRequiresGradient(true);
      float[] expected = gradient(manager, a, b, false);
      int wrong = 0;
      for (int i = 0; i < steps; i++) {
        wrong += Arrays.equals(gradient(manager, a, b, true), expected) ? 0 : 1;
      }
      assertThat(wrong).isZero();
    }
  }

  private static float[] gradient(NDManager manager, NDArray a, NDArray b, boolean collect) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = new MultipleNegativesRanking(20, true).compute(Embeddings.of(a, b));
      if (collect) {
        System.gc();
        churn(step);
      }
      collector.backward(loss);
      NDArray gradient = a.getGradient();
      gradient.attach(step);
      float[] values = gradient.toFloatArray();
      gradient.subi(gradient);
      return values;
    }
  }

  /** Gives freed buffers a new content, so that a dangling pointer shows. */
  private static void churn(NDManager step) {
    for (int i = 0; i < 50; i++) {
      step.create(i * 1000f + 7);
    }
  }
}
