package dev.embedlab.safetensors;

import java.nio.file.Path;

/** A file is not well-formed safetensors, or lacks a tensor; the message names file and tensor. */
public final class SafetensorsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SafetensorsException(Path file, String problem) {
    super("%s: %s".formatted(file, problem));
  }

  SafetensorsException(Path file, String problem, Throwable cause) {
    super("%s: %s".formatted(file, problem), cause);
  }
}
