package org.fovea.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.fovea.MalformedDataException;

/// The fields of a line of a table, one after another, over the window of a [ByteInput].
///
/// A field is what lies between delimiters, without spaces around it. It may be in quotes; a quote
/// within is doubled. It ends in the line in which it begins.
///
/// **Threads** Confined. **Cost** No garbage, but for quotes within quotes.
final class CsvFields {

  /// Bytes that a field may have.
  static final int LONGEST = 4096;

  private static final Set<String> MISSING = Set.of("", "na", "nan", "n/a", "null", "none", "?");
  private static final int LONGEST_QUOTE = 24;

  private final TextLines lines;
  private final ByteInput input;
  private final byte delimiter;
  private byte[] content = new byte[0];
  private int begin;
  private int end;
  private int start;

  CsvFields(TextLines lines, byte delimiter) {
    this.lines = lines;
    this.input = lines.input();
    this.delimiter = delimiter;
  }

  /// Steps over the next field, up to the delimiter or the end of the line.
  void next() {
    input.requireLine(LONGEST + 1);
    final byte[] bytes = input.bytes;
    int at = input.at;
    while (bytes[at] == ' ') {
      at++;
    }
    start = at;
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
      while (end > begin && bytes[end - 1] == ' ') {
        end--;
      }
    }
    if (at - input.at > LONGEST) {
      throw lines.malformed(
          start, "a field of at most " + LONGEST + " bytes was expected, a longer one came");
    }
    input.at = at;
  }

  private int quoted(int from) {
    final byte[] bytes = input.bytes;
    int at = from + 1;
    boolean doubled = false;
    while (bytes[at] != '"' || bytes[at + 1] == '"') {
      if (bytes[at] == '\n' || bytes[at] == '\r') {
        throw lines.malformed(
            from, "a quote that closes in the same line was expected, the end of the line came");
      }
      doubled |= bytes[at] == '"';
      at += bytes[at] == '"' ? 2 : 1;
    }
    begin = from + 1;
    end = at;
    if (doubled) {
      undouble();
    }
    do {
      at++;
    } while (bytes[at] == ' ');
    if (bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
      throw lines.malformed(
          at, "a delimiter after the closing quote was expected, something else came");
    }
    return at;
  }

  private void undouble() {
    byte[] plain = new byte[end - begin];
    int length = 0;
    for (int i = begin; i < end; i++) {
      plain[length++] = content[i];
      i += content[i] == '"' ? 1 : 0;
    }
    content = plain;
    begin = 0;
    end = length;
  }

  /// Whether another field follows in the line; steps over the delimiter.
  boolean more() {
    if (input.bytes[input.at] == delimiter && input.at < input.limit) {
      input.at++;
      return true;
    }
    return false;
  }

  /// Steps over the end of the line.
  void endLine() {
    if (!lines.endsHere()) {
      throw lines.malformed(
          input.at + 1, "a line feed after a carriage return was expected, something else came");
    }
    lines.step();
  }

  /// The bytes that hold the field.
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
    return lines.malformed(start, reason);
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
    String text = new String(content, begin, last - begin, StandardCharsets.UTF_8);
    return "'" + text + (last < end ? "...'" : "'");
  }
}
