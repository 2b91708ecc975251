package org.fovea.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.fovea.MalformedDataException;

/// The beginning of a table: its delimiter, whether it has a header, and which column has the
/// classes.
///
/// **Threads** Immutable once made.
final class CsvHead {

  /// Names of columns that are taken for the classes when nobody says otherwise.
  private static final Set<String> LABELS = Set.of("label", "class", "target", "y");

  /// Lines that are looked at.
  private static final int SEEN = 3;

  private final String file;
  private final byte delimiter;
  private final List<String> first;
  private final boolean header;
  private final String headerReason;
  private final int labelColumn;
  private final String labelReason;

  /// A field of the first lines.
  private record Field(String text, Kind kind) {}

  /// A column that is taken for the classes, and why.
  private record Guess(int column, String reason) {}

  private enum Kind {
    NUMBER,
    TEXT,
    MISSING
  }

  CsvHead(Content content, DataOptions options) {
    file = content.name();
    List<List<Field>> rows = new ArrayList<>();
    try (ByteInput input = ByteInput.open(content, options)) {
      delimiter = delimiter(input);
    }
    try (ByteInput input = ByteInput.open(content, options)) {
      TextLines lines = new TextLines(input);
      input.require(1);
      if (input.atEnd()) {
        throw lines.malformed(input.at, "a table was expected, the end of the file came");
      }
      CsvFields fields = new CsvFields(lines, delimiter);
      rows.add(fields(fields, options.maximumEntryCount()));
      // A known table says enough by its first line; more rows may still be on their way.
      int seen = options.table().schema().isPresent() ? 1 : SEEN;
      if (rows.size() < seen) {
        input.require(1);
      }
      try {
        for (; rows.size() < seen && !input.atEnd(); input.require(1)) {
          rows.add(fields(fields, options.maximumEntryCount()));
        }
      } catch (MalformedDataException _) {
        // told, or left out, when it is read
      }
    }
    List<Field> one = rows.getFirst();
    if (one.size() < 2) {
      throw new MalformedDataException(
          file, 1, 1, "a table of two or more columns was expected, one of one column came");
    }
    first = one.stream().map(Field::text).toList();
    TableOptions table = options.table();
    String reason = "as asked";
    if (table.header().isPresent()) {
      header = table.header().get();
    } else if (table.schema().isPresent()) {
      header = table.schema().get().hasHeader();
      reason = "as in training";
    } else {
      reason = headerReason(one, rows.size() > 1 ? rows.get(1) : List.of());
      header = !reason.isEmpty();
    }
    headerReason = reason;
    if (table.label().isPresent()) {
      labelColumn = asked(table.label().get());
      labelReason = "as asked";
    } else {
      OptionalInt named = header ? named() : OptionalInt.empty();
      Guess guess =
          named.isPresent()
              ? new Guess(named.getAsInt(), "by its name")
              : guess(rows.subList(header ? 1 : 0, rows.size()));
      labelColumn = guess.column();
      labelReason = guess.reason();
    }
  }

  private static byte delimiter(ByteInput input) {
    boolean semicolon = false;
    boolean quoted = false;
    while (true) {
      input.require(1);
      if (input.atEnd()) {
        return (byte) (semicolon ? ';' : ',');
      }
      for (; input.at < input.limit; input.at++) {
        byte c = input.bytes[input.at];
        quoted ^= c == '"';
        if (c == '\n') {
          return (byte) (semicolon ? ';' : ',');
        }
        if (c == '\t' && !quoted) {
          return '\t';
        }
        semicolon |= c == ';' && !quoted;
      }
    }
  }

  private static List<Field> fields(CsvFields fields, int limit) {
    List<Field> all = new ArrayList<>();
    FloatParser numbers = new FloatParser();
    do {
      if (all.size() == limit) {
        throw fields.malformedEnd("at most " + limit + " columns were expected, more came");
      }
      fields.next();
      Kind kind = Kind.MISSING;
      if (!fields.isMissing()) {
        boolean number = fields.end() - fields.begin() <= XcErrors.LONGEST_NUMBER;
        if (number) {
          byte[] bytes = new byte[fields.end() - fields.begin() + 1];
          System.arraycopy(fields.content(), fields.begin(), bytes, 0, bytes.length - 1);
          bytes[bytes.length - 1] = '\n';
          numbers.parse(bytes, 0);
          number = numbers.end() == bytes.length - 1;
        }
        kind = number ? Kind.NUMBER : Kind.TEXT;
      }
      all.add(new Field(fields.text(), kind));
    } while (fields.more());
    fields.endLine();
    return all;
  }

  /// Why the first line names the columns; empty if it does not.
  private static String headerReason(List<Field> one, List<Field> two) {
    int texts = 0;
    int place = 0;
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i).kind() == Kind.TEXT) {
        texts++;
        place = i;
      }
    }
    if (texts == 0) {
      return "";
    }
    if (texts > 1) {
      return "it has text in " + texts + " columns";
    }
    if (LABELS.contains(one.get(place).text().toLowerCase(Locale.ROOT))) {
      return "it has a '" + one.get(place).text() + "'";
    }
    boolean below = place < two.size() && two.get(place).kind() == Kind.NUMBER;
    return below ? "there is a number below '" + one.get(place).text() + "'" : "";
  }

  private OptionalInt named() {
    OptionalInt found = OptionalInt.empty();
    for (int i = 0; i < first.size(); i++) {
      if (LABELS.contains(first.get(i).toLowerCase(Locale.ROOT))) {
        if (found.isPresent()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(i);
      }
    }
    return found;
  }

  /// The column that looks like classes in the first rows: the only one with text, or the last, or
  /// the first where that has whole numbers and the last has not.
  private Guess guess(List<List<Field>> rows) {
    int last = first.size() - 1;
    int text = -1;
    int texts = 0;
    for (int column = 0; column <= last; column++) {
      if (has(rows, column, Kind.TEXT)) {
        text = column;
        texts++;
      }
    }
    if (texts == 1 && !has(rows, text, Kind.NUMBER)) {
      return new Guess(text, text == last ? "the last one" : "the only one with text");
    }
    boolean isFirst = texts == 0 && !hasFraction(rows, 0) && hasFraction(rows, last);
    return isFirst
        ? new Guess(0, "the first has whole numbers, the last has not")
        : new Guess(last, "the last one");
  }

  private static boolean has(List<List<Field>> rows, int column, Kind kind) {
    return rows.stream().anyMatch(row -> column < row.size() && row.get(column).kind() == kind);
  }

  private static boolean hasFraction(List<List<Field>> rows, int column) {
    return rows.stream()
        .filter(row -> column < row.size() && row.get(column).kind() == Kind.NUMBER)
        .mapToDouble(row -> Double.parseDouble(row.get(column).text()))
        .anyMatch(number -> number != Math.rint(number));
  }

  private int asked(String label) {
    if (header) {
      int at = first.indexOf(label);
      if (at >= 0 && first.lastIndexOf(label) > at) {
        throw malformed("one column called '" + label + "' was expected, several came");
      }
      if (at >= 0) {
        return at;
      }
    }
    if (!label.matches("-?[0-9]{1,9}")) {
      throw malformed(
          header
              ? "a column called '" + label + "' was expected, none came"
              : "a header with a column called '" + label + "' was expected, none came");
    }
    int number = Integer.parseInt(label);
    int at = number < 0 ? first.size() + number : number - 1;
    if (number == 0 || at < 0 || at >= first.size()) {
      throw malformed(
          "a column of classes from 1 to " + first.size() + " was expected, " + number + " came");
    }
    return at;
  }

  MalformedDataException malformed(String reason) {
    return new MalformedDataException(file, 1, 1, reason);
  }

  byte delimiter() {
    return delimiter;
  }

  /// Whether the first line names the columns.
  boolean hasHeader() {
    return header;
  }

  /// The fields of the first line.
  List<String> first() {
    return first;
  }

  /// The column with the classes, counted from 0.
  int labelColumn() {
    return labelColumn;
  }

  /// What a column is called in messages.
  String column(int column) {
    return header ? "'" + first.get(column) + "'" : Integer.toString(column + 1);
  }

  /// What was decided.
  String notice() {
    String separated =
        switch (delimiter) {
          case '\t' -> "tabs";
          case ';' -> "semicolons";
          default -> "commas";
        };
    String named =
        header
            ? "the first line names the columns (" + headerReason + ")"
            : "no header" + (headerReason.isEmpty() ? "" : " (" + headerReason + ")");
    return "%s: a table separated by %s; %s; classes are in column %s of %s (%s)"
        .formatted(file, separated, named, column(labelColumn), first.size(), labelReason);
  }
}
