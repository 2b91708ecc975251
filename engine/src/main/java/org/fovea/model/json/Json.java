package org.fovea.model.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.fovea.MalformedDataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Strict JSON: UTF-8, no key twice, nothing behind the end, bounded depth, finite numbers.
public final class Json {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_LENGTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPrettyPrinter(printer())
          .build();

  private Json() {}

  /// An empty object.
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// An empty list.
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /// Reads a text that must be one object.
  ///
  /// @param file what messages call the text
  /// @throws MalformedDataException with line and column if it is not
  public static ObjectNode parseObject(byte[] text, String file) {
    try {
      if (MAPPER.readTree(decoded(text, file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      throw new MalformedDataException(
          file,
          location == null ? 1 : Math.max(1, location.getLineNr()),
          location == null ? 1 : Math.max(1, location.getColumnNr()),
          "expected JSON: " + firstLine(e));
    }
    throw new MalformedDataException(file, 1, 1, "expected a JSON object");
  }

  private static String decoded(byte[] text, String file) {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      MalformedDataException malformed =
          new MalformedDataException(file, bytes.position(), "expected a text in UTF-8");
      malformed.initCause(e);
      throw malformed;
    }
  }

  /// A tree as indented UTF-8 text, without a line feed at the end.
  ///
  /// @throws IllegalArgumentException naming the key, if a number is not finite
  public static byte[] format(JsonNode tree) {
    requireFinite(tree, "");
    return MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(tree)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void requireFinite(JsonNode tree, String path) {
    if (tree.isFloatingPointNumber() && !Double.isFinite(tree.doubleValue())) {
      throw new IllegalArgumentException(
          "%s: JSON has no number %s".formatted(path, tree.asString()));
    }
    if (tree.isObject()) {
      tree.properties()
          .forEach(entry ->
              requireFinite(
                  entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey()));
    } else if (tree.isArray()) {
      for (int index = 0; index < tree.size(); index++) {
        requireFinite(tree.get(index), path + "[" + index + "]");
      }
    }
  }

  private static String firstLine(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withObjectIndenter(new DefaultIndenter("  ", "\n"));
  }
}
