package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.MalformedDataException;

/// What the labels and the features of a data set are called.
///
/// A names file is UTF-8 text, packed or not: a line `L name` for each label in their order, then a
/// line `F name` for each feature in theirs. Either kind may be missing or stop early; what has no
/// name goes by its number.
///
/// **Threads** Safe.
///
/// @param labels names of the labels from 0 on
/// @param features names of the features from 0 on
public record Names(List<String> labels, List<String> features) {

  private static final int LONGEST_NAME = 64 * 1024;
  private static final Names NONE = new Names(List.of(), List.of());

  /// Checks that each name is one line.
  public Names {
    labels = List.copyOf(labels);
    features = List.copyOf(features);
    checkLines(labels);
    checkLines(features);
  }

  /// No names at all.
  public static Names none() {
    return NONE;
  }

  /// The name of a label, if it has one.
  public Optional<String> label(int label) {
    return label < labels.size() ? Optional.of(labels.get(label)) : Optional.empty();
  }

  /// The name of a feature, if it has one.
  public Optional<String> feature(int feature) {
    return feature < features.size() ? Optional.of(features.get(feature)) : Optional.empty();
  }

  /// Where the names of a data file are by custom: `NAME-names.txt.gz`, or without `.gz`, beside
  /// `NAME-train.txt.gz` or `NAME-test.txt`; empty if there is no such file.
  public static Optional<Path> fileBeside(Path data) {
    Path file = data.getFileName();
    if (file == null) {
      return Optional.empty();
    }
    String name = file.toString().replaceFirst("\\.gz$", "").replaceFirst("\\.[a-z]+$", "");
    String stem = name.replaceFirst("[-_.](train|trn|test|tst|validation)$", "");
    for (String ending : List.of("-names.txt.gz", "-names.txt")) {
      Path names = data.resolveSibling(stem + ending);
      if (Files.isRegularFile(names)) {
        return Optional.of(names);
      }
    }
    return Optional.empty();
  }

  /// Reads a names file; one that does not exist holds no names.
  ///
  /// @throws MalformedDataException if a line is neither of a label nor of a feature, or is not
  ///   UTF-8
  public static Names read(Path file, DataOptions options) {
    return Files.exists(file) ? read(new Content.OfFile(file), options) : NONE;
  }

  static Names read(Content content, DataOptions options) {
    try (ByteInput input = ByteInput.open(content, options)) {
      List<String> labels = new ArrayList<>();
      List<String> features = new ArrayList<>();
      long line = 1;
      while (true) {
        input.require(LONGEST_NAME + 4);
        if (input.atEnd()) {
          return new Names(labels, features);
        }
        String text = line(input, line);
        if (text.startsWith("L ") && features.isEmpty()) {
          labels.add(text.substring(2));
        } else if (text.startsWith("F ")) {
          features.add(text.substring(2));
        } else {
          String expected = features.isEmpty() ? "'L name' or 'F name' was" : "'F name' was";
          throw new MalformedDataException(
              content.name(), line, 1, expected + " expected, '" + shortened(text) + "' came");
        }
        line++;
      }
    }
  }

  private static String line(ByteInput input, long line) {
    int start = input.at;
    int end = start;
    while (input.bytes[end] != '\n') {
      end++;
    }
    if (end - start > LONGEST_NAME || (end == input.limit && !input.ended())) {
      throw new MalformedDataException(
          input.name(),
          line,
          LONGEST_NAME,
          "a line of at most " + LONGEST_NAME + " bytes was expected, a longer one came");
    }
    input.at = Math.min(end + 1, input.limit);
    int last = end > start && input.bytes[end - 1] == '\r' ? end - 1 : end;
    ByteBuffer bytes = ByteBuffer.wrap(input.bytes, start, last - start);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      int lineEnd = lineEnd(text);
      if (lineEnd < text.length()) {
        int before = text.substring(0, lineEnd).getBytes(StandardCharsets.UTF_8).length;
        throw new MalformedDataException(
            input.name(), line, before + 1L, "a name in one line was expected, a line end came");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new MalformedDataException(
              input.name(),
              line,
              bytes.position() - start + 1L,
              "UTF-8 was expected, other bytes came")
          .because(e);
    }
  }

  /// Writes a names file in one step: nobody sees half of it. It is packed if its name ends in
  /// `.gz`.
  public void write(Path file) {
    try (AtomicFile target = AtomicFile.create(file)) {
      for (String label : labels) {
        target.write("L " + label + "\n");
      }
      for (String feature : features) {
        target.write("F " + feature + "\n");
      }
      target.commit("");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": writing failed: " + e.getMessage(), e);
    }
  }

  private static void checkLines(List<String> names) {
    for (String name : names) {
      if (lineEnd(name) < name.length()) {
        throw new IllegalArgumentException(
            "a name in one line was expected, one with a line end came: " + shortened(name));
      }
    }
  }

  private static int lineEnd(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static String shortened(String text) {
    return text.length() <= 24 ? text : text.substring(0, 24) + "...";
  }
}
