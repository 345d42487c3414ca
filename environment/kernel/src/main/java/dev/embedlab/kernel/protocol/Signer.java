package dev.embedlab.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the four JSON frames of a message; not safe for concurrent use. */
final class Signer {
  private final Mac mac;

  /**
   * @param key shared secret; empty means that nothing is signed or checked
   */
  Signer(String key) {
    try {
      if (key.isEmpty()) {
        mac = null;
      } else {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256.", e);
    }
  }

  boolean enabled() {
    return mac != null;
  }

  byte[] sign(List<byte[]> frames) {
    if (mac == null) {
      return new byte[0];
    }
    frames.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  boolean verify(byte[] signature, List<byte[]> frames) {
    return mac == null || MessageDigest.isEqual(sign(frames), signature);
  }
}
