package dev.embedlab.onnx;

import ai.onnxruntime.OrtException;

/** A graph cannot be loaded or run; the message is one sentence. */
public final class OnnxException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_DETAIL = 200;

  OnnxException(String message) {
    super(message);
  }

  OnnxException(String what, OrtException cause) {
    super("%s (%s).".formatted(what, detail(cause)), cause);
  }

  /** The runtime's messages carry source paths and stack traces; the first line is enough. */
  private static String detail(OrtException cause) {
    String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
    String clean = line.replaceAll("\\S+/(?=[^/\\s]+\\.(?:cc|h)\\b)", "").replaceAll("\\.+$", "");
    return clean.length() > LONGEST_DETAIL ? clean.substring(0, LONGEST_DETAIL) + "..." : clean;
  }
}
