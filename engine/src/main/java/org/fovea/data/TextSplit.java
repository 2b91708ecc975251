package org.fovea.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Divides a file of text into two, example by example and byte for byte; both have the header. A
/// row of a table may have several lines, if they are in quotes.
///
/// **Threads** Confined.
public final class TextSplit {

  private static final int LONGEST_INDENT = 4096;

  /// Instead of a delimiter: the text has no fields that could be in quotes.
  private static final byte NO_QUOTES = 0;

  private final Path file;
  private final Content content;
  private final ExampleSource source;
  private final DataOptions options;
  private final byte delimiter;

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
    this.delimiter = source instanceof CsvSource table ? table.delimiter() : NO_QUOTES;
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
        copyRow(input, others, chosen);
      }
      for (long example = 0; example < count; example++) {
        AtomicFile target = Arrays.binarySearch(held, example) >= 0 ? chosen : others;
        copyComments(input, target);
        copyRow(input, target);
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
      copyRow(input, targets);
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

  /// Copies a row, which gets a line feed if it lacks one.
  private void copyRow(ByteInput input, AtomicFile... targets) throws IOException {
    boolean ended = false;
    Quotes quotes = new Quotes(delimiter);
    byte[] piece = new byte[64 * 1024];
    while (!ended) {
      input.require(1);
      int start = input.at;
      int end = start;
      while (end < input.limit && end - start < piece.length && !quotes.endsRow(input.bytes[end])) {
        end++;
      }
      System.arraycopy(input.bytes, start, piece, 0, end - start);
      for (AtomicFile target : targets) {
        target.write(piece, end - start);
      }
      ended = input.atEnd() || (end < input.limit && quotes.isEnded());
      input.at = end;
    }
    for (AtomicFile target : targets) {
      target.write("\n");
    }
    input.at = Math.min(input.limit, input.at + 1);
  }

  /// Where a row ends, byte by byte.
  private static final class Quotes {

    private final byte delimiter;
    private boolean begins = true;
    private boolean open;
    private boolean ended;

    Quotes(byte delimiter) {
      this.delimiter = delimiter;
    }

    /// Whether the next byte is the line feed behind the row.
    boolean endsRow(byte c) {
      if (c == '\n' && !open) {
        ended = true;
      } else if (c == '"' && (begins || open) && delimiter != NO_QUOTES) {
        // a doubled quote closes and opens
        open = !open;
        begins = !open;
      } else if (!open) {
        begins = c == delimiter || (begins && c == ' ');
      }
      return ended;
    }

    boolean isEnded() {
      return ended;
    }
  }
}
