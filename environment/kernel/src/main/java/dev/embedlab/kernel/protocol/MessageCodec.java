package dev.embedlab.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Turns ZeroMQ frames into messages and back; one instance per thread and direction. */
public final class MessageCodec {
  /** Version of the messaging protocol this kernel speaks. */
  public static final String VERSION = "5.4";

  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int REMEMBERED_SIGNATURES = 65_536;

  private final Signer signer;
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED_SIGNATURES;
        }
      };

  public MessageCodec(String key) {
    this.signer = new Signer(key);
  }

  /**
   * Checks and parses one multipart message.
   *
   * @throws MessageException when it is truncated, unsigned, wrongly signed, replayed or not JSON
   */
  public Message decode(List<byte[]> frames) throws MessageException {
    int delimiter = 0;
    while (delimiter < frames.size() && !Arrays.equals(frames.get(delimiter), DELIMITER)) {
      delimiter++;
    }
    if (frames.size() < delimiter + 6) {
      throw new MessageException("it has " + frames.size() + " frames, some are missing");
    }
    byte[] signature = frames.get(delimiter + 1);
    List<byte[]> signed = frames.subList(delimiter + 2, delimiter + 6);
    if (!signer.verify(signature, signed)) {
      throw new MessageException("its signature is wrong or missing");
    }
    if (signer.enabled()
        && seen.put(new String(signature, StandardCharsets.US_ASCII), true) != null) {
      throw new MessageException("it was received before (replay)");
    }
    Message message =
        new Message(
            List.copyOf(frames.subList(0, delimiter)),
            object("header", signed.get(0)),
            object("parent_header", signed.get(1)),
            object("metadata", signed.get(2)),
            object("content", signed.get(3)),
            List.copyOf(frames.subList(delimiter + 6, frames.size())));
    if (!message.header().path("msg_type").isTextual()) {
      throw new MessageException("its header has no msg_type");
    }
    return message;
  }

  /** Frames of a message, signed. */
  public List<byte[]> encode(Message message) {
    List<byte[]> body =
        List.of(
            Json.write(message.header()),
            Json.write(message.parent()),
            Json.write(message.metadata()),
            Json.write(message.content()));
    List<byte[]> frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(body));
    frames.addAll(body);
    frames.addAll(message.buffers());
    return frames;
  }

  /** A fresh header of this kernel's session. */
  public static ObjectNode header(String type, String session) {
    return Json.object()
        .put("msg_id", UUID.randomUUID().toString())
        .put("session", session)
        .put("username", "kernel")
        .put("date", now())
        .put("msg_type", type)
        .put("version", VERSION);
  }

  /** The current time as the protocol writes dates. */
  public static String now() {
    return DateTimeFormatter.ISO_INSTANT.format(
        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS));
  }

  private static ObjectNode object(String frame, byte[] bytes) throws MessageException {
    try {
      JsonNode node = Json.read(bytes);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new MessageException("its frame " + frame + " is not a JSON object");
    } catch (IOException e) {
      throw new MessageException("its frame " + frame + " is not JSON");
    }
  }
}
