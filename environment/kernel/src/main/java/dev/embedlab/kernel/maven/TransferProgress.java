package dev.embedlab.kernel.maven;

import java.util.function.Consumer;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Says what was downloaded, one line per jar. */
final class TransferProgress extends AbstractTransferListener {
  private final Consumer<String> progress;

  TransferProgress(Consumer<String> progress) {
    this.progress = progress;
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    String name = event.getResource().getResourceName();
    if (event.getRequestType() == TransferEvent.RequestType.GET && name.endsWith(".jar")) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      progress.accept(
          String.format("Downloaded %s (%,d kB)", file, event.getTransferredBytes() / 1000));
    }
  }
}
