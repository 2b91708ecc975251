package org.fovea.data;

import java.util.Arrays;
import java.util.function.Consumer;
import org.fovea.MalformedDataException;

/// Counts the rows of a file, and tells of those that are left out.
///
/// An empty line is a row only if another row comes behind it.
///
/// **Threads** Confined.
final class SkippedRows {

  private Consumer<SkippedExample> listener = _ -> {};
  private long[] emptyLines = new long[4];
  private int emptyCount;
  private long rowCount;
  private long count;

  void listener(Consumer<SkippedExample> told) {
    listener = told;
  }

  /// Rows that were left out.
  long count() {
    return count;
  }

  /// The position of the next row.
  long next() {
    return rowCount++;
  }

  /// The next row is left out.
  void skip(MalformedDataException error) {
    count++;
    listener.accept(new SkippedExample(next(), String.valueOf(error.getMessage())));
  }

  /// An empty line, which may be at the end.
  void empty(long line) {
    if (emptyCount == emptyLines.length) {
      emptyLines = Arrays.copyOf(emptyLines, emptyCount * 2);
    }
    emptyLines[emptyCount++] = line;
  }

  /// A row comes that is not empty: those that were are left out.
  ///
  /// @param lines where they are
  /// @param expected instead of the first of them
  /// @param allowed whether they may be left out
  /// @throws MalformedDataException for the first of them, if they may not
  void noneWasTheEnd(TextLines lines, String expected, boolean allowed) {
    int empty = emptyCount;
    emptyCount = 0;
    for (int i = 0; i < empty; i++) {
      MalformedDataException error =
          lines.malformed(emptyLines[i], 1, expected + " was expected, an empty line came");
      if (!allowed) {
        throw error;
      }
      skip(error);
    }
  }
}
