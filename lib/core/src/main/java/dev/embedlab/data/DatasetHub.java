package dev.embedlab.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Where data sets come from that are named {@code org/name}; found through {@link ServiceLoader}.
 */
public interface DatasetHub {

  /**
   * Makes the files of a data set available.
   *
   * @param id {@code org/name}
   * @param revision branch, tag or commit
   * @return a folder with its files
   * @throws java.io.UncheckedIOException in one sentence, if it cannot be had
   */
  Path fetch(String id, String revision);

  /** The hub on the class path, if there is one. */
  static Optional<DatasetHub> find() {
    return ServiceLoader.load(DatasetHub.class, DatasetHub.class.getClassLoader()).findFirst();
  }
}
