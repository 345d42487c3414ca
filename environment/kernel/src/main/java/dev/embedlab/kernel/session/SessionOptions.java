package dev.embedlab.kernel.session;

import java.nio.file.Path;
import java.util.List;

/**
 * How a session starts.
 *
 * @param startup code run before the first cell
 */
public record SessionOptions(
    List<Path> classPath, List<String> compilerOptions, List<String> startup) {}
