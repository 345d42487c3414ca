package dev.embedlab.chart;

import java.awt.Color;

/**
 * Colours that readers with any kind of colour vision tell apart: Okabe and Ito, "Color universal
 * design" (2008), yellow left out because it fades on white.
 */
final class Palette {

  private static final String[] HEX = {
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000"
  };

  private Palette() {}

  static String hex(int series) {
    return HEX[series % HEX.length];
  }

  static Color color(int series) {
    return Color.decode(hex(series));
  }

  static Color[] colors() {
    Color[] colors = new Color[HEX.length];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = color(i);
    }
    return colors;
  }

  /** The colour with an opacity from 0 to 1. */
  static Color faded(int series, double opacity) {
    Color c = color(series);
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * opacity));
  }

  /** The same as CSS writes it. */
  static String translucent(int series, double opacity) {
    Color c = color(series);
    return "rgba(%d,%d,%d,%s)".formatted(c.getRed(), c.getGreen(), c.getBlue(), opacity);
  }
}
