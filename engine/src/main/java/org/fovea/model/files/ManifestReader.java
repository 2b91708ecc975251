package org.fovea.model.files;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.fovea.MalformedDataException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns the tree into a manifest; every key is required, and none is left over.
record ManifestReader(String file) {

  Manifest read(ObjectNode root) {
    if (!Manifest.FORMAT.equals(text(root, "format", "format"))) {
      throw wrong("format", "expected " + Manifest.FORMAT);
    }
    long version = number(root, "formatVersion", "formatVersion", Integer.MAX_VALUE);
    String engineVersion = text(root, "engineVersion", "engineVersion");
    if (version > Manifest.FORMAT_VERSION) {
      throw new NewerFormatException(
          ("%s: the model has format version %s (written by Fovea %s),"
                  + " this is Fovea %s, which reads up to version %s")
              .formatted(
                  file,
                  version,
                  engineVersion,
                  Manifest.runningVersion(),
                  Manifest.FORMAT_VERSION));
    }
    if (version != Manifest.FORMAT_VERSION) {
      throw wrong("formatVersion", "expected a version from 1 to " + Manifest.FORMAT_VERSION);
    }
    if (number(root, "blockBytes", "blockBytes", Integer.MAX_VALUE) != FileEntry.BLOCK_BYTES) {
      throw wrong("blockBytes", "expected " + FileEntry.BLOCK_BYTES);
    }
    if (!(root.get("files") instanceof ArrayNode list) || list.size() > Manifest.MAX_FILES) {
      throw wrong("files", "expected a list of at most " + Manifest.MAX_FILES);
    }
    List<FileEntry> files = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      files.add(entry(list.get(index), "files[" + index + "]", files));
    }
    SequencedMap<String, JsonNode> sections = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (!Manifest.OWN_KEYS.contains(property.getKey())) {
        sections.put(property.getKey(), property.getValue());
      }
    }
    return new Manifest(engineVersion, sections, List.copyOf(files));
  }

  private FileEntry entry(JsonNode node, String path, List<FileEntry> before) {
    if (!(node instanceof ObjectNode object) || object.size() != 5) {
      throw wrong(path, "expected name, file, length, sha256 and crc32c");
    }
    String name = name(object, "name", path);
    String stored = name(object, "file", path);
    for (FileEntry other : before) {
      if (other.name().equalsIgnoreCase(name) || other.file().equalsIgnoreCase(stored)) {
        throw wrong(path, "file " + name + " comes twice");
      }
    }
    long length = number(object, "length", path + ".length", Long.MAX_VALUE);
    String sha256 =
        hexadecimal(
            text(object, "sha256", path + ".sha256"), Manifest.DIGEST_DIGITS, path + ".sha256");
    if (!(object.get("crc32c") instanceof ArrayNode list)
        || list.size() != FileEntry.blockCount(length)) {
      throw wrong(
          path + ".crc32c",
          "expected a list of %s checksums".formatted(FileEntry.blockCount(length)));
    }
    int[] blocks = new int[list.size()];
    for (int block = 0; block < blocks.length; block++) {
      String digits = list.get(block).isString() ? list.get(block).asString() : "";
      blocks[block] = HexFormat.fromHexDigits(hexadecimal(digits, 8, path + ".crc32c"));
    }
    return new FileEntry(name, stored, length, sha256, blocks);
  }

  private String name(ObjectNode node, String key, String path) {
    String name = text(node, key, path + "." + key);
    String problem = FileNames.problem(name);
    if (!problem.isEmpty()) {
      throw wrong(path + "." + key, problem);
    }
    return name;
  }

  private String text(ObjectNode node, String key, String path) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString()) {
      throw wrong(path, "expected a text");
    }
    return value.asString();
  }

  private long number(ObjectNode node, String key, String path, long limit) {
    JsonNode value = node.get(key);
    boolean whole = value != null && (value.isInt() || value.isLong());
    if (!whole || value.longValue() < 0 || value.longValue() > limit) {
      throw wrong(path, "expected a whole number from 0 to " + limit);
    }
    return value.longValue();
  }

  private String hexadecimal(String text, int digits, String path) {
    boolean sound =
        text.length() == digits
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!sound) {
      throw wrong(path, "expected %s lower-case hexadecimal digits".formatted(digits));
    }
    return text;
  }

  private MalformedDataException wrong(String key, String reason) {
    return new MalformedDataException(file, 0, key + ": " + reason);
  }
}
