package org.fovea.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.fovea.MalformedDataException;

/// The fields of a row of a table, one after another, over the window of a [ByteInput].
///
/// A field is what lies between delimiters, without spaces around it. It may be in quotes, and may
/// then have delimiters and line breaks; a quote within is doubled. Where spaces are the delimiter,
/// several are one.
///
/// **Threads** Confined. **Cost** No garbage, but for quotes within quotes and for fields that do
/// not lie in the window as a whole.
///
/// **Source** Y. Shafranovich, *Common Format and MIME Type for CSV Files*, RFC 4180, 2005, section
/// 2. **Differs** Other delimiters, spaces around fields, and lines that end with a line feed.
final class CsvFields {

  /// Bytes that a field may have.
  static final int LONGEST = 16 << 20;

  /// Bytes of a field that are brought into the window together.
  private static final int USUAL = 4096;

  private static final Set<String> MISSING = Set.of("", "na", "nan", "n/a", "null", "none", "?");
  private static final int LONGEST_QUOTE = 24;

  private final TextLines lines;
  private final ByteInput input;
  private final byte delimiter;
  private byte[] content = {'\n'};
  private int begin;
  private int end;
  private long line;
  private long column;
  private boolean broken;
  private boolean lost;

  CsvFields(TextLines lines, byte delimiter) {
    this.lines = lines;
    this.input = lines.input();
    this.delimiter = delimiter;
  }

  /// Steps over the next field, up to the delimiter or the end of the line.
  void next() {
    broken = true;
    input.requireLine(USUAL + 1);
    final byte[] bytes = input.bytes;
    int at = input.at;
    while (bytes[at] == ' ') {
      at++;
    }
    line = lines.number();
    column = lines.column(at);
    content = bytes;
    if (bytes[at] == '"') {
      at = quoted(at);
    } else {
      begin = at;
      int c = bytes[at];
      while (c != delimiter && c != '\n' && c != '\r') {
        c = bytes[++at];
      }
      end = at;
      if (at == input.limit && !input.ended()) {
        input.at = begin;
        at = gathered(false);
      }
      while (end > begin && content[end - 1] == ' ') {
        end--;
      }
    }
    input.at = at;
    broken = false;
  }

  private int quoted(int from) {
    final byte[] bytes = input.bytes;
    int at = from + 1;
    int breaks = 0;
    int afterBreak = at;
    boolean doubled = false;
    while (at < input.limit && (bytes[at] != '"' || bytes[at + 1] == '"')) {
      if (bytes[at] == '"') {
        doubled = true;
        at++;
      } else if (bytes[at] == '\n') {
        breaks++;
        afterBreak = at + 1;
      }
      at++;
    }
    if (at >= input.limit - 1 && !input.ended()) {
      input.at = from + 1;
      at = gathered(true);
    } else if (at >= input.limit) {
      throw unclosed();
    } else {
      begin = from + 1;
      end = at;
      at++;
      if (doubled) {
        undouble();
      }
      if (breaks > 0) {
        lines.passed(breaks, afterBreak);
      }
    }
    return afterQuote(at);
  }

  /// The end of the spaces behind a closing quote, where a delimiter must be.
  private int afterQuote(int from) {
    final byte[] bytes = input.bytes;
    int at = from;
    while (bytes[at] == ' ') {
      at++;
    }
    if (at == input.limit && !input.ended()) {
      // what is in the window would move
      keep();
      input.at = from;
      input.requireLine(USUAL);
      at = input.at;
      while (bytes[at] == ' ') {
        at++;
      }
    }
    boolean separated = delimiter == ' ' && at > from;
    if (bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r' && !separated) {
      lost = lines.number() != line;
      throw lines.malformed(
          at,
          "a delimiter after the closing quote was expected, something else came"
              + (lost ? " (the quote opened in line %s, column %s)".formatted(line, column) : ""));
    }
    return at;
  }

  private MalformedDataException unclosed() {
    lost = true;
    return malformed("a closing quote was expected, the end of the file came");
  }

  private void keep() {
    if (content == input.bytes) {
      content = Arrays.copyOfRange(content, begin, end + 1);
      end -= begin;
      begin = 0;
      content[end] = '\n';
    }
  }

  /// Gathers a field that does not lie in the window as a whole, from its first byte at `input.at`.
  ///
  /// @return where it ended in the window
  private int gathered(boolean quoted) {
    byte[] gathered = new byte[4 * USUAL];
    int length = 0;
    boolean closing = false;
    while (true) {
      input.require(1);
      if (input.atEnd()) {
        if (quoted && !closing) {
          throw unclosed();
        }
        break;
      }
      final byte c = input.bytes[input.at];
      if (quoted ? closing && c != '"' : c == delimiter || c == '\n' || c == '\r') {
        break;
      }
      if (quoted && !closing && c == '"') {
        closing = true;
        input.at++;
        continue;
      }
      closing = false;
      if (length == LONGEST) {
        lost = quoted;
        throw malformed(
            "a field of at most "
                + LONGEST
                + " bytes was expected, a longer one came"
                + (quoted ? " (is its quote closed?)" : ""));
      }
      if (length + 1 == gathered.length) {
        gathered = Arrays.copyOf(gathered, 2 * gathered.length);
      }
      gathered[length++] = c;
      if (c == '\n') {
        lines.step();
      } else {
        input.at++;
      }
    }
    gathered[length] = '\n';
    content = gathered;
    begin = 0;
    end = length;
    return input.at;
  }

  private void undouble() {
    byte[] plain = new byte[end - begin + 1];
    int length = 0;
    for (int i = begin; i < end; i++) {
      plain[length++] = content[i];
      i += content[i] == '"' ? 1 : 0;
    }
    plain[length] = '\n';
    content = plain;
    begin = 0;
    end = length;
  }

  /// Whether another field follows in the row; steps over the delimiter.
  boolean more() {
    if (delimiter == ' ') {
      lines.skipSpaces();
      byte c = input.bytes[input.at];
      return input.at < input.limit && c != '\n' && c != '\r';
    }
    if (input.bytes[input.at] == delimiter && input.at < input.limit) {
      input.at++;
      return true;
    }
    return false;
  }

  /// Steps over the end of the line.
  void endLine() {
    if (!lines.endsHere()) {
      broken = true;
      throw lines.malformed(
          input.at + 1, "a line feed after a carriage return was expected, something else came");
    }
    lines.step();
  }

  /// Steps over what is left of a row in which something is wrong.
  ///
  /// @param error what is wrong; thrown if nobody can know where the next row begins, because a
  ///   quote is open at the end of the file or closes in another line where it must not
  void skipRow(MalformedDataException error) {
    try {
      while (!broken && more()) {
        next();
      }
      if (!broken) {
        endLine();
        return;
      }
    } catch (MalformedDataException e) {
      error.addSuppressed(e);
    }
    if (lost) {
      throw error;
    }
    lines.skipToEnd();
    lines.step();
  }

  /// The bytes that hold the field; behind its end is a byte that is not part of a number.
  byte[] content() {
    return content;
  }

  /// Where the field begins in [#content()].
  int begin() {
    return begin;
  }

  /// Where it ends.
  int end() {
    return end;
  }

  /// The line in which the field began.
  long line() {
    return line;
  }

  /// The column in which the field began, counted from 1, in bytes.
  long column() {
    return column;
  }

  /// The field as text.
  ///
  /// @throws MalformedDataException if it is not UTF-8
  String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content, begin, end - begin))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("UTF-8 was expected, other bytes came").because(e);
    }
  }

  /// Whether the field says that there is nothing.
  boolean isMissing() {
    return end == begin
        || (end - begin <= 4
            && MISSING.contains(
                new String(content, begin, end - begin, StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT)));
  }

  /// Something wrong with the field.
  MalformedDataException malformed(String reason) {
    return lines.malformed(line, column, reason);
  }

  /// Something wrong with the byte where the field ended.
  MalformedDataException malformedEnd(String reason) {
    return lines.malformed(input.at, reason);
  }

  /// The field as messages show it.
  String shown() {
    if (begin == end) {
      return "nothing";
    }
    int last = Math.min(end, begin + LONGEST_QUOTE);
    String text =
        new String(content, begin, last - begin, StandardCharsets.UTF_8)
            .replace("\r", "\\r")
            .replace("\n", "\\n");
    return "'" + text + (last < end ? "...'" : "'");
  }
}
