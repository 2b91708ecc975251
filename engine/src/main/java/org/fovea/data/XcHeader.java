package org.fovea.data;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fovea.MalformedDataException;

/// The first line of a text file: three counts, or already an example.
///
/// **Threads** Confined.
final class XcHeader {

  private static final int LONGEST_HEADER = 4096;

  private final ByteInput input;
  private final XcErrors errors;
  private final long lineOffset;

  /// Looks at the beginning of a file and steps over a byte order mark.
  ///
  /// @throws MalformedDataException if the file is empty
  XcHeader(ByteInput input) {
    this.input = input;
    this.errors = new XcErrors(input);
    input.require(LONGEST_HEADER);
    byte[] bytes = input.bytes;
    if (input.limit - input.at >= 3
        && (bytes[input.at] & 0xff) == 0xef
        && (bytes[input.at + 1] & 0xff) == 0xbb
        && (bytes[input.at + 2] & 0xff) == 0xbf) {
      input.at += 3;
    }
    lineOffset = input.offset();
    if (input.atEnd()) {
      throw errors.at(1, 1, "a header or an example was expected, the end of the file came");
    }
  }

  /// Whether the first line is a header, or should be one: it has no colon and does not begin with
  /// a space.
  boolean isPresent() {
    int at = input.at;
    byte[] bytes = input.bytes;
    if (bytes[at] == ' ' || bytes[at] == '\t') {
      return false;
    }
    int end = Math.min(input.limit, at + LONGEST_HEADER);
    while (at < end && bytes[at] != '\n' && bytes[at] != ':') {
      at++;
    }
    return at == end || bytes[at] != ':';
  }

  /// Reads the counts and steps over the line.
  ///
  /// @throws MalformedDataException if there are not exactly three, or they disagree with the
  ///   options
  XcLayout read(DataOptions options) {
    long examples = count("examples", Long.MAX_VALUE);
    int features = agreed("features", options.featureCount());
    int labels = agreed("labels", options.labelCount());
    skipBlanks();
    byte[] bytes = input.bytes;
    if (bytes[input.at] == '\r' && bytes[input.at + 1] == '\n') {
      input.at++;
    }
    if (bytes[input.at] != '\n') {
      throw wrong("the end of the line was expected after three counts");
    }
    if (!input.atEnd()) {
      input.at++;
    }
    return new XcLayout(0, features, labels, OptionalLong.of(examples));
  }

  private int agreed(String what, OptionalInt expected) {
    skipBlanks();
    int start = input.at;
    int count = (int) count(what, Integer.MAX_VALUE);
    if (expected.isPresent() && expected.getAsInt() != count) {
      input.at = start;
      throw wrong(expected.getAsInt() + " " + what + " were expected");
    }
    return count;
  }

  private long count(String what, long largest) {
    skipBlanks();
    byte[] bytes = input.bytes;
    int at = input.at;
    long count = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9' && at - input.at < 18) {
      count = count * 10 + bytes[at] - '0';
      at++;
    }
    boolean blank = bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r';
    if (at == input.at || !blank) {
      throw wrong(
          "a header 'examples features labels' with the number of " + what + " was expected");
    }
    if (count > largest) {
      throw wrong("at most " + largest + " " + what + " were expected");
    }
    input.at = at;
    return count;
  }

  private void skipBlanks() {
    while (input.bytes[input.at] == ' ' || input.bytes[input.at] == '\t') {
      input.at++;
    }
  }

  private MalformedDataException wrong(String expected) {
    return errors.at(
        1, input.offset() - lineOffset + 1, expected + ", " + errors.quoted(input.at) + " came");
  }
}
