package dev.embedlab.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.Json;
import java.util.Base64;
import java.util.Map;

/** MIME bundles as the protocol writes them. */
final class Bundles {
  private Bundles() {}

  static ObjectNode data(Map<String, Object> bundle) {
    ObjectNode data = Json.object();
    bundle.forEach(
        (type, value) -> {
          if (value instanceof byte[] binary) {
            data.put(type, Base64.getEncoder().encodeToString(binary));
          } else if (value instanceof CharSequence text) {
            data.put(type, text.toString());
          } else {
            data.set(type, Json.tree(value));
          }
        });
    return data;
  }
}
