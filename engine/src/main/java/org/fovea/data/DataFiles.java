package org.fovea.data;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.fovea.MalformedDataException;

/// Opens a data file of whatever format it is.
///
/// The first bytes, unpacked, decide: those of IDX for images, CIFAR labels wherever a label must
/// be, and of the rest, which is text, a first line with a delimiter that is neither a header nor a
/// row of the extreme-classification repository or libsvm for tables. The file's name means
/// nothing; options for tables make every file one.
public final class DataFiles {

  private static final int LONGEST_LINE = 4096;
  private static final int LONGEST_COMMENTS = 1 << 16;

  private DataFiles() {}

  private enum Format {
    IDX,
    CIFAR,
    TABLE,
    XC
  }

  /// Finds out the format and reads as much as is needed to know the counts.
  ///
  /// @throws org.fovea.MalformedDataException if the file cannot be read or is malformed
  public static ExampleSource open(Path file, DataOptions options) {
    Content content = Content.of(file);
    return open(content, () -> IdxSource.labelsOf(file, options), options);
  }

  /// Finds out the format of a stream and reads as much as is needed to know the counts.
  ///
  /// @throws org.fovea.MalformedDataException if the stream is malformed, or has images and the
  ///   options name no file of labels
  public static ExampleSource open(DataStream stream, DataOptions options) {
    return open(
        stream.content(),
        () ->
            options
                .labels()
                .orElseThrow(() ->
                    new MalformedDataException(
                        stream.name(),
                        0,
                        "a file of labels for the images was expected, none came")),
        options);
  }

  /// @param labels where the labels of IDX images are
  private static ExampleSource open(Content content, Supplier<Path> labels, DataOptions options) {
    return switch (format(content, options)) {
      case IDX -> IdxSource.open(content, labels, options);
      case CIFAR -> CifarSource.open(content, options);
      case TABLE -> CsvSource.open(content, options);
      case XC -> XcSource.open(content, options);
    };
  }

  /// Whether a file is a table, by its beginning and by what the options say.
  ///
  /// @throws org.fovea.MalformedDataException if the file cannot be read
  public static boolean isTable(Path file, DataOptions options) {
    return format(Content.of(file), options) == Format.TABLE;
  }

  /// Whether a stream is a table, by its beginning and by what the options say.
  public static boolean isTable(DataStream stream, DataOptions options) {
    return format(stream.content(), options) == Format.TABLE;
  }

  private static Format format(Content content, DataOptions options) {
    if (options.table().isTable()) {
      return Format.TABLE;
    }
    try (ByteInput input = ByteInput.open(content, options)) {
      input.requireLine(LONGEST_LINE);
      final byte[] bytes = input.bytes;
      if (!isText(bytes, input.limit)) {
        input.require(LONGEST_LINE);
      } else if (content.isAwaited()) {
        while (behindComments(bytes, input.limit) == input.limit
            && input.limit < LONGEST_COMMENTS
            && !input.ended()) {
          input.require(input.limit + 1);
        }
        return isTable(bytes, input.limit) ? Format.TABLE : Format.XC;
      }
      boolean zeros = input.limit >= 4 && bytes[0] == 0 && bytes[1] == 0;
      if (zeros && bytes[2] == 8 && (bytes[3] == 1 || bytes[3] == 3)) {
        return Format.IDX;
      }
      if (CifarSource.looksLike(input)) {
        return Format.CIFAR;
      }
      if (zeros) {
        return Format.IDX;
      }
      return isTable(bytes, input.limit) ? Format.TABLE : Format.XC;
    }
  }

  /// Whether nothing commands a terminal: a stream of text is not waited for longer than a line.
  private static boolean isText(byte[] bytes, int limit) {
    for (int at = 0; at < limit; at++) {
      if (bytes[at] >= 0 && bytes[at] < ' ' && (bytes[at] < '\t' || bytes[at] > '\r')) {
        return false;
      }
    }
    return true;
  }

  /// Whether text is a table: its first line has a delimiter and begins neither like a row of
  /// labels and features nor like three counts; nor does what follows if it is a comment.
  private static boolean isTable(byte[] bytes, int limit) {
    int first = behindComments(bytes, limit);
    boolean rows = isRow(bytes, first, limit) || isCounts(bytes, first, limit);
    return !rows && hasDelimiter(bytes, limit);
  }

  /// Where the first line begins that is no comment; a byte order mark is none of it.
  private static int behindComments(byte[] bytes, int limit) {
    boolean mark = limit >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb;
    int at = mark ? 3 : 0;
    while (at < limit && bytes[at] == '#') {
      while (at < limit && bytes[at] != '\n') {
        at++;
      }
      at++;
    }
    return Math.min(at, limit);
  }

  /// Whether a line has labels, or none or a `?`, and then a feature with its value, or a query.
  private static boolean isRow(byte[] bytes, int from, int limit) {
    int at = from;
    boolean ids = true;
    while (at < limit && isOfLabel(bytes[at])) {
      ids &= isDigit(bytes[at]) || bytes[at] == ',';
      at++;
    }
    boolean blank = at < limit && TextLines.isBlank(bytes[at]);
    while (at < limit && TextLines.isBlank(bytes[at])) {
      at++;
    }
    if (!blank || at == limit) {
      return false;
    }
    if (at + 3 < limit && bytes[at] == 'q' && bytes[at + 1] == 'i' && bytes[at + 2] == 'd') {
      return bytes[at + 3] == ':';
    }
    int digits = at;
    while (at < limit && isDigit(bytes[at])) {
      at++;
    }
    boolean feature = at > digits && at < limit && bytes[at] == ':';
    return feature && (ids || isValue(bytes, at + 1, limit));
  }

  /// Whether a byte may be one of a label: of an id, of another number, or the `?` for none.
  private static boolean isOfLabel(byte c) {
    return isDigit(c) || c == ',' || c == '.' || c == '-' || c == '+' || c == 'e' || c == '?';
  }

  /// Whether a value comes that ends with a blank or the line: a time of day in a table does not.
  private static boolean isValue(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && !TextLines.isBlankOrEnd(bytes[at])) {
      if (bytes[at] == ',' || bytes[at] == ';' || bytes[at] == ':') {
        return false;
      }
      at++;
    }
    return at > from;
  }

  /// Whether a line has three counts and nothing else.
  private static boolean isCounts(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && isDigit(bytes[at])) {
      at++;
    }
    int blanks = at;
    while (at < limit && TextLines.isBlank(bytes[at])) {
      at++;
    }
    int digits = at;
    while (at < limit && isDigit(bytes[at])) {
      at++;
    }
    return blanks > from && digits > blanks && at > digits && isThirdCount(bytes, at, limit);
  }

  private static boolean isThirdCount(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && TextLines.isBlank(bytes[at])) {
      at++;
    }
    int digits = at;
    while (at < limit && isDigit(bytes[at])) {
      at++;
    }
    boolean separate = digits > from && at > digits;
    while (at < limit && TextLines.isBlank(bytes[at])) {
      at++;
    }
    return separate && (at == limit || bytes[at] == '\n' || bytes[at] == '\r');
  }

  /// Whether the first line has a delimiter; spaces are one where no line has a feature with its
  /// value, as the other formats of text have.
  private static boolean hasDelimiter(byte[] bytes, int limit) {
    boolean spaces = false;
    int end = 0;
    while (end < limit && bytes[end] != '\n' && bytes[end] != '\r') {
      byte c = bytes[end];
      if (c == ',' || c == ';' || c == '\t' || c == '|') {
        return true;
      }
      spaces |= c != ' ' && end > 0 && bytes[end - 1] == ' ';
      end++;
    }
    return spaces && !hasFeature(bytes, Math.min(limit, LONGEST_LINE));
  }

  private static boolean hasFeature(byte[] bytes, int limit) {
    boolean number = false;
    for (int at = 0; at < limit; at++) {
      if (bytes[at] == ':' && number) {
        return true;
      }
      number = isDigit(bytes[at]) && (number || at == 0 || TextLines.isBlankOrEnd(bytes[at - 1]));
    }
    return false;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
