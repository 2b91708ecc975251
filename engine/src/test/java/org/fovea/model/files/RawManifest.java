package org.fovea.model.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Texts of `model.json` that somebody changed by hand, with a digest that is right again.
final class RawManifest {

  private static final String TAIL = ",\n  \"sha256\": \"";

  private RawManifest() {}

  /// A text with the digest of its other lines in its last one.
  static byte[] signed(String text) {
    String body = text.substring(0, text.lastIndexOf(TAIL));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(FileDigest.sha256().digest(bytes));
    String tail = TAIL + digest + "\"\n}\n";
    byte[] whole = Arrays.copyOf(bytes, bytes.length + tail.length());
    System.arraycopy(
        tail.getBytes(StandardCharsets.US_ASCII), 0, whole, bytes.length, tail.length());
    return whole;
  }

  /// A text that has no digest yet: an object whose closing brace is replaced.
  static byte[] unsigned(String object) {
    return signed(object.strip().substring(0, object.strip().length() - 1).stripTrailing() + TAIL);
  }
}
