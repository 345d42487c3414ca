package dev.embedlab.kernel.runtime;

import java.util.Map;
import java.util.function.BiConsumer;

/** Opens channels between cells and the front end; see {@link Comm}. */
public final class Comms {
  private Comms() {}

  /**
   * Lets the front end open comms under a name.
   *
   * @param target the name; registering it again replaces what was there
   * @param onOpen gets each comm the front end opens and the message that opened it; when it
   *     throws, the comm is closed again
   */
  public static void registerComm(String target, BiConsumer<Comm, CommMessage> onOpen) {
    Bridge.comms().register(target, onOpen);
  }

  /** Refuses comms under this name from now on; open ones stay open. */
  public static void unregisterComm(String target) {
    Bridge.comms().unregister(target);
  }

  /**
   * Opens a comm to a target that the front end knows.
   *
   * @param data what its opening handler there gets
   */
  public static Comm openComm(String target, Map<String, ?> data) {
    return openComm(target, data, Map.of());
  }

  /** Opens a comm with metadata, such as the version of a widget protocol. */
  public static Comm openComm(String target, Map<String, ?> data, Map<String, ?> metadata) {
    return Bridge.comms().open(target, data, metadata);
  }
}
