package org.fovea.data;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fovea.MalformedDataException;

/// The first line of a text file that is no comment: three counts, or already an example.
///
/// **Threads** Confined.
final class XcHeader {

  private static final int LONGEST_HEADER = 4096;

  private final TextLines lines;
  private final ByteInput input;
  private final XcErrors errors;
  private boolean hasFewer;

  /// Looks at the beginning of a file.
  ///
  /// @throws MalformedDataException if the file is empty
  XcHeader(TextLines lines) {
    this.lines = lines;
    this.input = lines.input();
    this.errors = new XcErrors(lines);
    input.requireLine(LONGEST_HEADER);
    boolean commented = false;
    while (input.bytes[input.at] == '#' && !input.atEnd()) {
      commented = true;
      lines.skipToEnd();
      lines.step();
      input.requireLine(LONGEST_HEADER);
    }
    if (input.atEnd() && !commented) {
      throw lines.malformed(
          input.at, "a header or an example was expected, the end of the file came");
    }
  }

  /// Whether the first line is a header, or should be one: it begins with a digit and has no colon.
  boolean isPresent() {
    int at = input.at;
    byte[] bytes = input.bytes;
    if (bytes[at] < '0' || bytes[at] > '9') {
      return false;
    }
    int end = Math.min(input.limit, at + LONGEST_HEADER);
    while (at < end && bytes[at] != '\n' && bytes[at] != '#' && bytes[at] != ':') {
      at++;
    }
    return at == end || bytes[at] != ':';
  }

  /// Reads the counts and steps over the line. Where the options say that there are more features
  /// or labels than the header does, there are: those that this file does not have come elsewhere.
  ///
  /// @throws MalformedDataException if there are not exactly three, or more than the options say
  XcLayout read(DataOptions options) {
    long examples = count("examples", Long.MAX_VALUE);
    boolean open = options.unknown().ignoresFeatures();
    int features = agreed("features", options.featureCount(), open);
    int labels = agreed("labels", options.labelCount(), options.unknown().ignoresLabels());
    skipBlanks();
    if (input.bytes[input.at] == '#') {
      lines.skipToEnd();
    }
    if (!lines.endsHere() || input.bytes[input.at] != '\n') {
      throw wrong("the end of the line was expected after three counts");
    }
    lines.step();
    return new XcLayout(0, features, labels, OptionalLong.of(examples));
  }

  /// Whether the header that was read says that there are fewer features or labels than the
  /// options.
  boolean hasFewer() {
    return hasFewer;
  }

  /// @param ignored whether entries beyond what is expected are left out, whatever the header
  ///   counts
  private int agreed(String what, OptionalInt expected, boolean ignored) {
    skipBlanks();
    int start = input.at;
    int count = (int) count(what, Integer.MAX_VALUE);
    if (expected.isPresent() && expected.getAsInt() < count && !ignored) {
      input.at = start;
      throw wrong("at most " + expected.getAsInt() + " " + what + " were expected");
    }
    hasFewer |= count < expected.orElse(count);
    return Math.max(count, expected.orElse(count));
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
    if (at == input.at || !TextLines.isBlankOrEnd(bytes[at])) {
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
    while (TextLines.isBlank(input.bytes[input.at])) {
      input.at++;
    }
  }

  private MalformedDataException wrong(String expected) {
    return lines.malformed(input.at, expected + ", " + errors.quoted(input.at) + " came");
  }
}
