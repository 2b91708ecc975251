package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Divides a file of text into two, line by line and byte for byte; both have the header.
///
/// **Threads** Confined.
public final class TextSplit {

  private static final int LONGEST_INDENT = 4096;

  private final Path file;
  private final Content content;
  private final ExampleSource source;
  private final DataOptions options;

  /// @param source what the file holds: a table, or text of the extreme-classification repository
  /// @param options with which it was opened
  /// @throws IllegalArgumentException if the source is no text
  public TextSplit(Path file, ExampleSource source, DataOptions options) {
    this.content =
        switch (source) {
          case CsvSource table -> table.content();
          case XcSource text -> text.content();
          default -> throw new IllegalArgumentException(file + ": text was expected, images came");
        };
    this.file = file;
    this.source = source;
    this.options = options;
  }

  /// Writes both files; nobody sees half of one.
  ///
  /// @param held ids of the examples that go to the second file, ascending
  /// @param count examples of the whole file, none of which was left out
  public void write(long[] held, long count, Path first, Path second) {
    try (ByteInput input = ByteInput.open(content, options);
        AtomicFile others = AtomicFile.create(first);
        AtomicFile chosen = AtomicFile.create(second)) {
      TextLines lines = new TextLines(input);
      copyComments(input, others, chosen);
      if (source instanceof XcSource text && text.announcedCount().isPresent()) {
        lines.skipToEnd();
        lines.step();
        others.write(counts(count - held.length));
        chosen.write(counts(held.length));
      } else if (source instanceof CsvSource table && table.schema().hasHeader()) {
        copyLine(input, others, chosen);
      }
      for (long example = 0; example < count; example++) {
        AtomicFile target = Arrays.binarySearch(held, example) >= 0 ? chosen : others;
        copyComments(input, target);
        copyLine(input, target);
      }
      others.commit("");
      chosen.commit("");
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": splitting failed: " + e.getMessage(), e);
    }
  }

  private String counts(long examples) {
    return examples + " " + source.featureCount() + " " + source.labelCount() + "\n";
  }

  /// Copies lines that are no examples but comments.
  private void copyComments(ByteInput input, AtomicFile... targets) throws IOException {
    while (source instanceof XcSource && isComment(input)) {
      copyLine(input, targets);
    }
  }

  private static boolean isComment(ByteInput input) {
    input.requireLine(LONGEST_INDENT);
    int at = input.at;
    while (TextLines.isBlank(input.bytes[at])) {
      at++;
    }
    return at < input.limit && input.bytes[at] == '#';
  }

  /// Copies a line, which gets a line feed if it lacks one.
  private static void copyLine(ByteInput input, AtomicFile... targets) throws IOException {
    boolean ended = false;
    byte[] piece = new byte[64 * 1024];
    while (!ended) {
      input.require(1);
      int start = input.at;
      int end = start;
      while (end < input.limit && end - start < piece.length && input.bytes[end] != '\n') {
        end++;
      }
      System.arraycopy(input.bytes, start, piece, 0, end - start);
      for (AtomicFile target : targets) {
        target.write(piece, end - start);
      }
      ended = input.atEnd() || (end < input.limit && input.bytes[end] == '\n');
      input.at = end;
    }
    for (AtomicFile target : targets) {
      target.write("\n");
    }
    input.at = Math.min(input.limit, input.at + 1);
  }
}
