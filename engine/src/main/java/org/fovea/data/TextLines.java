package org.fovea.data;

import org.fovea.MalformedDataException;

/// Where in a text file a parser is: lines and columns over the window of a [ByteInput].
///
/// A line ends with a line feed, a carriage return and a line feed, or the end of the file. Lines
/// are counted from 1 and so are columns, in bytes; a byte order mark is no column.
///
/// **Threads** Confined.
final class TextLines {

  private final ByteInput input;
  private long number = 1;
  private long lineOffset;

  /// At the beginning of a file; steps over a byte order mark.
  TextLines(ByteInput input) {
    this.input = input;
    input.requireLine(3);
    byte[] bytes = input.bytes;
    if (input.limit - input.at >= 3
        && (bytes[input.at] & 0xff) == 0xef
        && (bytes[input.at + 1] & 0xff) == 0xbb
        && (bytes[input.at + 2] & 0xff) == 0xbf) {
      input.at += 3;
    }
    lineOffset = input.offset();
  }

  /// The bytes, which whoever parses steps over.
  ByteInput input() {
    return input;
  }

  /// The line in which the next byte is.
  long number() {
    return number;
  }

  /// The column of a byte of the window.
  long column(int at) {
    return input.offset() - input.at + at - lineOffset + 1;
  }

  /// Something wrong with a byte of the window, which is in the current line.
  MalformedDataException malformed(int at, String reason) {
    return malformed(number, column(at), reason);
  }

  /// Something wrong at a place that was noted before.
  MalformedDataException malformed(long line, long column, String reason) {
    return new MalformedDataException(input.name(), line, column, reason);
  }

  /// At the end of a line's content: whether a carriage return is followed by what it must be.
  boolean endsHere() {
    input.requireLine(2);
    if (input.bytes[input.at] == '\r') {
      if (input.bytes[input.at + 1] != '\n') {
        return false;
      }
      input.at++;
    }
    return true;
  }

  /// Steps over the line feed, if the file does not end here.
  void step() {
    if (input.at < input.limit) {
      input.at++;
      number++;
      lineOffset = input.offset();
    }
  }

  /// Says that the parser stepped over line feeds itself.
  ///
  /// @param count of them
  /// @param after the byte of the window behind the last
  void passed(int count, int after) {
    number += count;
    lineOffset = input.offset() - input.at + after;
  }

  /// Skips spaces.
  void skipSpaces() {
    do {
      while (input.bytes[input.at] == ' ') {
        input.at++;
      }
      input.require(1);
    } while (input.bytes[input.at] == ' ');
  }

  /// Skips what is left of the line.
  void skipToEnd() {
    while (true) {
      int at = input.at;
      while (input.bytes[at] != '\n') {
        at++;
      }
      input.at = at;
      input.require(1);
      if (input.atEnd() || input.bytes[input.at] == '\n') {
        return;
      }
    }
  }

  /// Skips spaces and tabs; false at the end of the file.
  boolean skipsBlanks() {
    do {
      while (isBlank(input.bytes[input.at])) {
        input.at++;
      }
      input.require(1);
    } while (isBlank(input.bytes[input.at]));
    return !input.atEnd();
  }

  /// Whether a byte is a space or a tab.
  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /// Whether a byte is a space or a tab, or begins the end of a line.
  static boolean isBlankOrEnd(int c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
