package org.fovea;

import java.io.Serial;
import java.io.Serializable;

/// Bytes from outside that are not what they claim to be: which file, where in it, and why.
///
/// The message is `FILE:LINE:COLUMN: REASON` for text and `FILE:offset N: REASON` for everything
/// else; the reason reads "what was expected, what came". The message is one line of printable
/// characters whatever the file holds.
public final class MalformedDataException extends FoveaException {

  @Serial private static final long serialVersionUID = 1L;

  private final String file;
  private final Position position;
  private final String reason;

  /// A place in a file.
  public sealed interface Position extends Serializable {

    /// A place in text.
    ///
    /// @param line counted from 1
    /// @param column counted from 1, in bytes
    record Text(long line, long column) implements Position {
      @Override
      public String toString() {
        return line + ":" + column;
      }
    }

    /// A place in a binary file, or in the packed bytes of a compressed one.
    ///
    /// @param offset counted from 0, in bytes
    record Bytes(long offset) implements Position {
      @Override
      public String toString() {
        return "offset " + offset;
      }
    }
  }

  /// Malformed text.
  ///
  /// @param file the file as its user named it
  /// @param line counted from 1
  /// @param column counted from 1, in bytes
  /// @param reason what was expected, what came
  public MalformedDataException(String file, long line, long column, String reason) {
    this(file, new Position.Text(line, column), reason);
  }

  /// Malformed bytes.
  ///
  /// @param file the file as its user named it
  /// @param offset counted from 0, in bytes
  /// @param reason what was expected, what came
  public MalformedDataException(String file, long offset, String reason) {
    this(file, new Position.Bytes(offset), reason);
  }

  /// Malformed data at a position made by the caller.
  ///
  /// @param file the file as its user named it
  /// @param position where in the file
  /// @param reason what was expected, what came
  public MalformedDataException(String file, Position position, String reason) {
    super(printable(file) + ":" + position + ": " + printable(reason));
    this.file = file;
    this.position = position;
    this.reason = printable(reason);
  }

  /// Adds what led to this, once.
  ///
  /// @return this exception
  public MalformedDataException because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /// The file as its user named it.
  public String file() {
    return file;
  }

  /// Where in the file.
  public Position position() {
    return position;
  }

  /// What was expected, what came.
  public String reason() {
    return reason;
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
            printable.append(String.format("\\u%04x", c));
          } else {
            printable.appendCodePoint(c);
          }
        });
    return printable.toString();
  }
}
