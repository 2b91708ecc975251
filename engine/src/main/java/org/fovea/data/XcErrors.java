package org.fovea.data;

import java.nio.charset.StandardCharsets;
import org.fovea.MalformedDataException;

/// Says what is wrong with a row of text. Kept apart from [XcReader] so that its loops stay small.
///
/// **Threads** Confined, with the input whose window it quotes.
final class XcErrors {

  /// Characters that a value may have.
  static final int LONGEST_NUMBER = 1024;

  private static final int LONGEST_QUOTE = 24;

  private final ByteInput input;

  XcErrors(ByteInput input) {
    this.input = input;
  }

  MalformedDataException at(long line, long column, String reason) {
    return new MalformedDataException(input.name(), line, column, reason);
  }

  /// A label that is no number below 2^31, or is not followed by a comma or a space.
  MalformedDataException badLabel(long line, long column, int start, int end) {
    if (end > start && input.bytes[end] == ':') {
      return at(
          line,
          column,
          "labels were expected (a line without any begins with a space), "
              + quoted(start)
              + " came");
    }
    return badId(line, column, start, "a label");
  }

  /// A feature that is no number below 2^31, or is not followed by a colon.
  MalformedDataException badFeature(long line, long column, int start, int end) {
    if (end > start && end - start <= 18 && (isBlank(end) || isLineEnd(end))) {
      return at(
          line,
          column + end - start,
          "a ':' and a value after feature "
              + text(start, end)
              + " were expected, "
              + quoted(end)
              + " came");
    }
    return badId(line, column, start, "a feature");
  }

  /// A value that is no number, is not finite or is not followed by a space.
  MalformedDataException badValue(long line, long column, int start, int end) {
    String expected =
        end - start > LONGEST_NUMBER
            ? "a number of at most " + LONGEST_NUMBER + " characters was"
            : "a finite number was";
    return at(line, column, expected + " expected, " + quoted(start) + " came");
  }

  MalformedDataException outOfRange(long line, long column, String expected, int start, int end) {
    return at(line, column, expected + " was expected, " + text(start, end) + " came");
  }

  MalformedDataException twice(long line, long column) {
    return at(line, column, "each feature once was expected, one came twice");
  }

  private MalformedDataException badId(long line, long column, int start, String what) {
    boolean negative = input.bytes[start] == '-' && isDigit(start + 1);
    return at(
        line,
        column,
        what + (negative ? " of 0 or more" : "") + " was expected, " + quoted(start) + " came");
  }

  /// What came at `start`: a word in quotes, or the name of what cannot be seen.
  String quoted(int start) {
    if (start >= input.limit) {
      return "the end of the file";
    }
    if (isLineEnd(start)) {
      return "the end of the line";
    }
    if (isBlank(start)) {
      return input.bytes[start] == ' ' ? "a space" : "a tab";
    }
    int end = start + 1;
    while (end < input.limit
        && end - start < LONGEST_QUOTE
        && !isBlank(end)
        && !isLineEnd(end)
        && input.bytes[end] != ',') {
      end++;
    }
    return "'" + text(start, end) + (end - start == LONGEST_QUOTE ? "...'" : "'");
  }

  private boolean isBlank(int at) {
    return input.bytes[at] == ' ' || input.bytes[at] == '\t';
  }

  private boolean isLineEnd(int at) {
    return input.bytes[at] == '\n' || input.bytes[at] == '\r';
  }

  private boolean isDigit(int at) {
    return at < input.limit && input.bytes[at] >= '0' && input.bytes[at] <= '9';
  }

  private String text(int start, int end) {
    return new String(input.bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
