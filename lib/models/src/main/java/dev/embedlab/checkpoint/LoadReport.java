package dev.embedlab.checkpoint;

import java.util.List;

/**
 * What became of the tensors in the files of a checkpoint.
 *
 * @param loaded number of tensors that the model uses
 * @param parameters number of their elements
 * @param prefix what stood in front of the encoder's names, for example {@code bert.}
 * @param unused tensors in the files that the model does not use
 */
public record LoadReport(int loaded, long parameters, String prefix, List<String> unused) {

  public LoadReport {
    unused = List.copyOf(unused);
  }
}
