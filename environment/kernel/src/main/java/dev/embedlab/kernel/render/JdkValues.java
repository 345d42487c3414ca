package dev.embedlab.kernel.render;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Types of the JDK that have a better form than their text. */
final class JdkValues {
  private JdkValues() {}

  static Map<String, Object> render(Object value) {
    return switch (value) {
      case null -> Map.of();
      case RenderedImage image -> image(image);
      case Collection<?> rows when RecordTable.fits(rows) -> RecordTable.of(rows);
      case Map<?, ?> entries when RecordTable.fits(entries.values()) -> RecordTable.of(entries);
      default -> Map.of();
    };
  }

  private static Map<String, Object> image(RenderedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("image/png", png.toByteArray());
    String kind = image instanceof BufferedImage ? "BufferedImage" : "image";
    bundle.put("text/plain", kind + " " + image.getWidth() + " x " + image.getHeight());
    return bundle;
  }
}
