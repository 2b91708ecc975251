package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.fovea.MalformedDataException;
import org.fovea.model.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Reads configuration files, and writes trees in their language.
final class YamlFile {

  private static final long LONGEST = 1 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .build();

  private YamlFile() {}

  /// Reads a file that holds one object; an empty one holds an empty object.
  ///
  /// @throws MalformedDataException with line and column if it is not YAML
  static ObjectNode read(Path file) {
    String text = text(file);
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      if (tree == null || tree.isNull() || tree.isMissingNode()) {
        return Json.object();
      }
      throw new MalformedDataException(
          file.toString(), 1, 1, "keys with values were expected, something else came");
    } catch (JacksonException e) {
      TokenStreamLocation location = e.getLocation();
      throw new MalformedDataException(
              file.toString(),
              location == null ? 1 : Math.max(1, location.getLineNr()),
              location == null ? 1 : Math.max(1, location.getColumnNr()),
              "YAML was expected: " + firstLine(e))
          .because(e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > LONGEST) {
        throw new MalformedDataException(
            file.toString(),
            LONGEST,
            "a configuration of at most %s bytes was expected, one of %s came"
                .formatted(LONGEST, Files.size(file)));
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(file + ": there is no such configuration file", e);
    } catch (CharacterCodingException e) {
      throw new MalformedDataException(file.toString(), 0, "UTF-8 was expected, other bytes came")
          .because(e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  private static String firstLine(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  /// A tree as YAML.
  static String format(JsonNode tree) {
    return MAPPER.writeValueAsString(tree).stripTrailing();
  }
}
