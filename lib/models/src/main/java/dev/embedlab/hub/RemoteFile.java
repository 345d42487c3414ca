package dev.embedlab.hub;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file as the hub lists it. Large files are named by their SHA-256, small ones by the SHA-1 that
 * git gives them; either is also the name of the blob in the cache.
 *
 * @param path within the repository, checked to stay inside a folder
 * @param size in bytes
 * @param gitSha1 git's object id; of the pointer if the file is large
 * @param sha256 of the content, for large files
 */
record RemoteFile(String path, long size, String gitSha1, Optional<String> sha256) {

  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws HubException if the path would leave its folder or a checksum is none
   */
  static RemoteFile checked(String path, long size, String gitSha1, Optional<String> sha256)
      throws HubException {
    Names.checkFile(path);
    boolean good =
        size >= 0
            && SHA1.matcher(gitSha1).matches()
            && sha256.map(sum -> SHA256.matcher(sum).matches()).orElse(true);
    if (!good) {
      throw new HubException(
          HubException.Reason.DAMAGED,
          "The hub lists file '%s' with an impossible size or checksum.".formatted(path));
    }
    return new RemoteFile(path, size, gitSha1, sha256);
  }

  /** Name in {@code blobs}. */
  String blob() {
    return sha256.orElse(gitSha1);
  }

  /** A digest that, fed with the content, must give {@link #blob}. */
  MessageDigest newDigest() {
    try {
      if (sha256.isPresent()) {
        return MessageDigest.getInstance("SHA-256");
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + size + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1 and SHA-256.", e);
    }
  }

  boolean matches(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(blob());
  }
}
