package org.fovea.model.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.fovea.MalformedDataException;
import org.fovea.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `model.json` says.
///
/// The text ends with a line `"sha256": "..."` and a brace. The digest is that of all bytes before
/// the comma in front of that line; so every byte of the text is either digested or fixed.
///
/// @param engineVersion version of Fovea that wrote the model
/// @param sections the caller's keys
/// @param files all other files of the model
record Manifest(
    String engineVersion, SequencedMap<String, JsonNode> sections, List<FileEntry> files) {

  /// The version of the format that this engine writes, and the newest that it reads.
  static final int FORMAT_VERSION = 1;

  /// Longest `model.json` that is read.
  static final int MAX_BYTES = 64 << 20;

  /// First key of every `model.json`.
  static final String FORMAT = "fovea-model";

  /// Most files that a model lists.
  static final int MAX_FILES = 1024;

  private static final String TAIL_HEAD = ",\n  \"sha256\": \"";
  private static final String TAIL_END = "\"\n}\n";

  /// Length of a SHA-256 in hexadecimal digits.
  static final int DIGEST_DIGITS = 64;

  private static final int TAIL_BYTES = TAIL_HEAD.length() + DIGEST_DIGITS + TAIL_END.length();

  /// Keys that are not sections.
  static final Set<String> OWN_KEYS =
      Set.of("format", "formatVersion", "engineVersion", "blockBytes", "files", "sha256");

  /// The version of the running engine; `development` when it does not come from a jar.
  static String runningVersion() {
    String version = Manifest.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /// The bytes of `model.json`.
  byte[] format() {
    ObjectNode root = Json.object();
    root.put("format", FORMAT);
    root.put("formatVersion", FORMAT_VERSION);
    root.put("engineVersion", engineVersion);
    sections.forEach(root::set);
    root.put("blockBytes", FileEntry.BLOCK_BYTES);
    ArrayNode list = root.putArray("files");
    for (FileEntry entry : files) {
      ObjectNode node = list.addObject();
      node.put("name", entry.name());
      node.put("file", entry.file());
      node.put("length", entry.length());
      node.put("sha256", entry.sha256());
      ArrayNode blocks = node.putArray("crc32c");
      for (int block : entry.blocks()) {
        blocks.add(HexFormat.of().toHexDigits(block));
      }
    }
    byte[] text = Json.format(root);
    byte[] body = Arrays.copyOf(text, text.length - 2);
    String tail = TAIL_HEAD + digest(body) + TAIL_END;
    byte[] whole = Arrays.copyOf(body, body.length + TAIL_BYTES);
    System.arraycopy(tail.getBytes(StandardCharsets.US_ASCII), 0, whole, body.length, TAIL_BYTES);
    return whole;
  }

  /// Reads and checks the bytes of `model.json`.
  ///
  /// @param file what messages call it
  /// @throws MalformedDataException if anything is not as [#format] writes it
  /// @throws NewerFormatException if the format is newer
  static Manifest parse(byte[] text, String file) {
    int bodyLength = text.length - TAIL_BYTES;
    if (bodyLength < 0) {
      throw new MalformedDataException(
          file, text.length, "the file ends before its digest: it is not a whole model.json");
    }
    String tail = new String(text, bodyLength, TAIL_BYTES, StandardCharsets.ISO_8859_1);
    if (!tail.startsWith(TAIL_HEAD) || !tail.endsWith(TAIL_END)) {
      throw new MalformedDataException(
          file, bodyLength, "the file does not end with its digest: it is not a whole model.json");
    }
    String expected = tail.substring(TAIL_HEAD.length(), TAIL_HEAD.length() + DIGEST_DIGITS);
    String actual = digest(Arrays.copyOf(text, bodyLength));
    if (!expected.equals(actual)) {
      throw new MalformedDataException(
          file,
          0,
          "damaged: the SHA-256 of the text is %s, its last line says %s"
              .formatted(actual, expected));
    }
    return new ManifestReader(file).read(Json.parseObject(text, file));
  }

  private static String digest(byte[] body) {
    return HexFormat.of().formatHex(FileDigest.sha256().digest(body));
  }
}
