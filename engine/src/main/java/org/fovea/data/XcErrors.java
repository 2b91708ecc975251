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

  private final TextLines lines;
  private final ByteInput input;

  XcErrors(TextLines lines) {
    this.lines = lines;
    this.input = lines.input();
  }

  /// A label that is no number below 2^31, or is not followed by a comma or a space.
  MalformedDataException badLabel(int start, int end) {
    if (end > start && input.bytes[end] == ':') {
      return lines.malformed(
          start,
          "labels were expected (a line without any begins with a space), "
              + quoted(start)
              + " came");
    }
    return badId("a label", start, quoted(start, ','));
  }

  /// A feature that is no number below 2^31, or is not followed by a colon.
  MalformedDataException badFeature(int start, int end) {
    if (end > start && end - start <= 18 && TextLines.isBlankOrEnd(input.bytes[end])) {
      return lines.malformed(
          end,
          "a ':' and a value after feature "
              + text(start, end)
              + " were expected, "
              + quoted(end)
              + " came");
    }
    return badId("a feature", start, quoted(start));
  }

  /// A value that is no number, is not finite or is not followed by a space.
  MalformedDataException badValue(int start, int end) {
    String expected =
        end - start > LONGEST_NUMBER
            ? "a number of at most " + LONGEST_NUMBER + " characters"
            : "a finite number";
    return lines.malformed(start, expected + " was expected, " + quoted(start) + " came");
  }

  /// A label that is no number, where labels are classes.
  MalformedDataException badClass(int start) {
    return lines.malformed(
        start, "a class that is a number was expected, " + quoted(start, ',') + " came");
  }

  /// A class that the training data does not have.
  MalformedDataException unknownClass(int count, int start, int end) {
    return lines.malformed(
        start,
        "one of the "
            + count
            + " classes of the training data was expected, "
            + text(start, end)
            + " came");
  }

  /// A sum of values that no float holds.
  MalformedDataException badSum() {
    return lines.malformed(
        lines.number(),
        1,
        "finite sums of the values of features that come more than once were expected, an infinite"
            + " one came");
  }

  MalformedDataException labelBeyond(XcLayout layout, int start, int end) {
    return lines.malformed(
        start,
        "a label below " + layout.labelCount() + " was expected, " + text(start, end) + " came");
  }

  MalformedDataException featureBeyond(XcLayout layout, int start, int end) {
    String range =
        layout.firstFeature() == 0
            ? "a feature below " + layout.featureCount()
            : "a feature from 1 to " + layout.featureCount();
    return lines.malformed(start, range + " was expected, " + text(start, end) + " came");
  }

  MalformedDataException labelTwice(long column) {
    return lines.malformed(lines.number(), column, "each label once was expected, one came twice");
  }

  MalformedDataException featureTwice(long column) {
    return lines.malformed(
        lines.number(), column, "each feature once was expected, one came twice");
  }

  /// More labels or features than an example may have.
  MalformedDataException tooMany(int start, int limit, String what) {
    return lines.malformed(start, "at most " + limit + " " + what + " were expected, more came");
  }

  /// A carriage return that does not end the line.
  MalformedDataException loneReturn() {
    int next = input.at + 1;
    return lines.malformed(
        next, "a line feed after a carriage return was expected, " + quoted(next) + " came");
  }

  /// A number of rows that is not the one of the header.
  MalformedDataException wrongCount(long announced, String came) {
    return lines.malformed(
        input.at, announced + " examples were expected, as the header says, " + came + " came");
  }

  private MalformedDataException badId(String what, int start, String came) {
    boolean negative = came.length() > 2 && came.charAt(1) == '-' && isDigit(came.charAt(2));
    String expected = negative ? what + " of 0 or more" : what;
    return lines.malformed(start, expected + " was expected, " + came + " came");
  }

  /// What came at `start`: a word in quotes, or the name of what cannot be seen.
  String quoted(int start) {
    return quoted(start, ' ');
  }

  private String quoted(int start, char separator) {
    byte first = input.bytes[start];
    if (start >= input.limit) {
      return "the end of the file";
    }
    if (TextLines.isBlankOrEnd(first)) {
      return first == ' ' ? "a space" : first == '\t' ? "a tab" : "the end of the line";
    }
    if (first == separator) {
      return "a comma";
    }
    int end = start + 1;
    while (end < input.limit
        && end - start < LONGEST_QUOTE
        && !TextLines.isBlankOrEnd(input.bytes[end])
        && input.bytes[end] != separator) {
      end++;
    }
    return "'" + text(start, end) + (end - start == LONGEST_QUOTE ? "...'" : "'");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String text(int start, int end) {
    return new String(input.bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
