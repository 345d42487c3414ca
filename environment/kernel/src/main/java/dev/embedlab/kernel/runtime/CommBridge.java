package dev.embedlab.kernel.runtime;

import java.util.Map;
import java.util.function.BiConsumer;

/** How {@link Comms} reaches the kernel; implemented by the kernel, not by users. */
public interface CommBridge {
  /** Sets what is done when the front end opens a comm of this name. */
  void register(String target, BiConsumer<Comm, CommMessage> onOpen);

  /** Refuses comms of this name from now on. */
  void unregister(String target);

  /** Opens a comm in the front end. */
  Comm open(String target, Map<String, ?> data, Map<String, ?> metadata);
}
