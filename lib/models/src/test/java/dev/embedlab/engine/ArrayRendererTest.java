package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrayRendererTest {

  @Test
  void showsShapeTypeAndAllOfASmallMatrix() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(new float[] {1, 2.5f, -3, 0.00004f}, new Shape(2, 2));
      assertThat(text(array))
          .isEqualTo("NDArray: shape (2, 2), float32, cpu()\n[1.0000, 2.5000]\n[-3.0000, 0.0000]");
      assertThat(html(array))
          .contains("(2, 2), float32", "<tr><td>1.0000</td><td>2.5000</td></tr>");
    }
  }

  @Test
  void saysHowMuchOfALargeArrayIsShown() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray batch = manager.arange(2 * 3 * 10 * 384).reshape(2, 3, 10, 384);
      assertThat(text(batch))
          .contains("(2, 3, 10, 384), int32", "[384, 385, 386, 387, 388, 389, 390, 391]")
          .contains("48 of 23,040 elements of the first of 6 matrices");
      assertThat(text(manager.arange(100))).contains("[0, 1, 2,").endsWith("8 of 100 elements");
    }
  }

  @Test
  void showsScalarsFlagsAndHalfPrecision() {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThat(text(manager.create(7L))).isEqualTo("NDArray: shape (), int64, cpu()\n[7]");
      assertThat(text(manager.create(new boolean[] {true, false}))).endsWith("[true, false]");
      NDArray half = manager.create(new float[] {0.5f}).toType(DataType.FLOAT16, true);
      assertThat(text(half)).isEqualTo("NDArray: shape (1), float16, cpu()\n[0.5000]");
      assertThat(text(manager.create(new Shape(0, 3)))).contains("shape (0, 3)");
    }
  }

  @Test
  void leavesNothingBehindInTheManager() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(20, 20));
      int before = manager.getManagedArrays().size();
      ArrayRenderer.render(array);
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void saysThatAClosedArrayIsClosedAndLeavesOtherValuesAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(2));
      array.close();
      assertThat(text(array)).contains("closed");
    }
    assertThat(ArrayRenderer.render("text")).isEmpty();
    assertThat(ArrayRenderer.render(null)).isEmpty();
  }

  @Test
  void kernelsFindIt() throws Exception {
    String resource = "META-INF/jupyter-java/renderers";
    try (InputStream in =
        ArrayRenderer.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI()
            .resolve(resource)
            .toURL()
            .openStream()) {
      String name = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      Object shown = Class.forName(name).getMethod("render", Object.class).invoke(null, "text");
      assertThat(shown).isEqualTo(Map.of());
    }
  }

  private static String text(NDArray array) {
    return (String) ArrayRenderer.render(array).get("text/plain");
  }

  private static String html(NDArray array) {
    return (String) ArrayRenderer.render(array).get("text/html");
  }
}
