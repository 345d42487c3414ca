package dev.embedlab.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The sha256 of contents, independent of the file format they came from. */
final class Fingerprint {

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Adds a record; a byte that no UTF-8 text holds ends each field. */
  Fingerprint add(String... fields) {
    for (String field : fields) {
      digest.update(field.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0xff);
    }
    digest.update((byte) 0xfe);
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
