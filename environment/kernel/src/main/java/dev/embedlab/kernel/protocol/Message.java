package dev.embedlab.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One message of the Jupyter messaging protocol.
 *
 * @param identities ZeroMQ routing frames; empty on iopub
 * @param header msg_id, session, username, date, msg_type, version
 * @param parent header of the request this answers, or an empty object
 */
public record Message(
    List<byte[]> identities,
    ObjectNode header,
    ObjectNode parent,
    ObjectNode metadata,
    ObjectNode content,
    List<byte[]> buffers) {

  public String type() {
    return header.path("msg_type").asText();
  }

  public String id() {
    return header.path("msg_id").asText();
  }

  public String session() {
    return header.path("session").asText();
  }

  /** The subshell a front end addressed (JEP 91), or an empty string for the main shell. */
  public String subshell() {
    return header.path("subshell_id").asText("");
  }
}
