package org.fovea.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.MalformedDataException;

/// The beginning of a table: how it is written, whether it has a header, and what that says.
///
/// **Threads** Immutable once made.
final class CsvHead {

  /// Names of columns that are taken for the classes when nobody says otherwise, the more specific
  /// first.
  static final List<String> LABELS = List.of("label", "class", "target", "y");

  /// Rows in which a decimal comma is looked for.
  private static final int SEEN = 100;

  private final String file;
  private final CsvDialect dialect;
  private final List<String> first = new ArrayList<>();
  private final List<Long> places = new ArrayList<>();
  private final boolean header;
  private final String headerReason;

  private enum Kind {
    NUMBER,
    TEXT,
    MISSING
  }

  CsvHead(Content content, DataOptions options) {
    file = content.name();
    TableOptions table = options.table();
    // A known table says enough by its first line; more rows may still be on their way.
    boolean early = table.schema().isPresent() && content.isAwaited();
    byte delimiter =
        table
            .delimiter()
            .map(mark -> (byte) mark.charValue())
            .orElseGet(() -> CsvDialect.delimiter(content, options, early ? 1 : CsvDialect.SEEN));
    boolean commas = table.schema().map(TableSchema::decimalComma).orElse(false);
    dialect =
        new CsvDialect(
            delimiter,
            delimiter != ',' && (early ? commas : hasCommas(content, options, delimiter, commas)));
    boolean guessed = table.header().isEmpty() && table.schema().isEmpty();
    List<Kind> one = new ArrayList<>();
    List<Kind> two = new ArrayList<>();
    try (ByteInput input = ByteInput.open(content, options)) {
      TextLines lines = new TextLines(input);
      input.require(1);
      if (input.atEnd()) {
        throw lines.malformed(input.at, "a table was expected, the end of the file came");
      }
      CsvFields fields = new CsvFields(lines, delimiter);
      readNames(fields, options.maximumEntryCount(), one);
      if (guessed) {
        readBelow(fields, two);
      }
    }
    String again = guessed ? recurring(content, options) : "";
    // rows to predict may lack their classes
    if (first.size() < 2 && table.schema().isEmpty()) {
      throw new MalformedDataException(
          file, 1, 1, "a table of two or more columns was expected, one of one column came");
    }
    String reason = "as asked";
    if (table.header().isPresent()) {
      header = table.header().get();
    } else if (table.schema().isPresent()) {
      header = table.schema().get().hasHeader();
      reason = "as in training";
    } else {
      reason = headerReason(one, two, again);
      header = !reason.isEmpty();
      reason = header || again.isEmpty() ? reason : "'" + again + "' comes again below it";
    }
    headerReason = reason;
  }

  /// Whether numbers have decimal commas: some of the first fields are numbers only with a comma,
  /// and none is one with a fraction behind a point.
  ///
  /// @param usual the answer if none has a fraction
  private static boolean hasCommas(
      Content content, DataOptions options, byte delimiter, boolean usual) {
    DecimalParser points = new DecimalParser('.');
    DecimalParser commas = new DecimalParser(',');
    boolean comma = false;
    try (ByteInput input = ByteInput.open(content, options)) {
      CsvFields fields = new CsvFields(new TextLines(input), delimiter);
      input.require(1);
      for (int row = 0; row < SEEN && !input.atEnd(); row++) {
        do {
          fields.next();
          if (isNumber(fields, points) && points.hasFraction()) {
            return false;
          }
          comma |= isNumber(fields, commas) && commas.hasFraction();
        } while (fields.more());
        fields.endLine();
        input.require(1);
      }
    } catch (MalformedDataException _) {
      // told, or left out, when it is read
    }
    return comma || usual;
  }

  /// Whether a field is a number as a whole.
  static boolean isNumber(CsvFields fields, DecimalParser parser) {
    boolean is =
        fields.end() > fields.begin() && fields.end() - fields.begin() <= XcErrors.LONGEST_NUMBER;
    if (is) {
      parser.parse(fields.content(), fields.begin());
      is = parser.end() == fields.end();
    }
    return is;
  }

  private void readNames(CsvFields fields, int limit, List<Kind> kinds) {
    DecimalParser numbers = new DecimalParser(dialect.point());
    do {
      if (first.size() == limit) {
        throw fields.malformedEnd("at most " + limit + " columns were expected, more came");
      }
      fields.next();
      places.add(fields.column());
      first.add(fields.text());
      kinds.add(kind(fields, numbers));
    } while (fields.more());
    fields.endLine();
  }

  private void readBelow(CsvFields fields, List<Kind> kinds) {
    DecimalParser numbers = new DecimalParser(dialect.point());
    try {
      do {
        fields.next();
        kinds.add(kind(fields, numbers));
      } while (fields.more() && kinds.size() < first.size());
    } catch (MalformedDataException _) {
      // told, or left out, when it is read
    }
  }

  private static Kind kind(CsvFields fields, DecimalParser numbers) {
    if (fields.isMissing()) {
      return Kind.MISSING;
    }
    return isNumber(fields, numbers) ? Kind.NUMBER : Kind.TEXT;
  }

  /// Whether the first line names the columns, and why.
  private String headerReason(List<Kind> one, List<Kind> two, String again) {
    int texts = 0;
    int place = 0;
    boolean below = false;
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) == Kind.TEXT) {
        texts++;
        boolean number = i < two.size() && two.get(i) == Kind.NUMBER;
        place = below ? place : i;
        below |= number;
      }
    }
    if (texts > 1) {
      return below || again.isEmpty() ? "it has text in " + texts + " columns" : "";
    }
    if (texts == 1 && LABELS.contains(first.get(place).toLowerCase(Locale.ROOT))) {
      return "it has a '" + first.get(place) + "'";
    }
    return below ? "there is a number below '" + first.get(place) + "'" : "";
  }

  /// A text of the first line that comes again in its column, as names do not; nothing if none
  /// does.
  private String recurring(Content content, DataOptions options) {
    DecimalParser numbers = new DecimalParser(dialect.point());
    try (ByteInput input = ByteInput.open(content, options)) {
      CsvFields fields = new CsvFields(new TextLines(input), dialect.delimiter());
      input.require(1);
      for (int row = 0; row < SEEN && !input.atEnd(); row++) {
        int column = 0;
        do {
          fields.next();
          boolean same =
              row > 0 && column < first.size() && fields.text().equals(first.get(column));
          if (same && kind(fields, numbers) == Kind.TEXT) {
            return first.get(column);
          }
          column++;
        } while (fields.more());
        fields.endLine();
        input.require(1);
      }
    } catch (MalformedDataException _) {
      // told, or left out, when it is read
    }
    return "";
  }

  /// The position of a column that somebody named, by its name or number.
  ///
  /// @param asked its name, or its number, counted from 1, or from the end with `-1`
  /// @param what the column is for
  int column(String asked, String what) {
    if (header) {
      int at = first.indexOf(asked);
      if (at >= 0 && first.lastIndexOf(asked) > at) {
        throw malformed(
            "one column called '"
                + asked
                + "' was expected, several came: its number tells which is meant");
      }
      if (at >= 0) {
        return at;
      }
    }
    if (!asked.matches("-?[0-9]{1,9}")) {
      throw malformed(
          header
              ? "a column called '" + asked + "' was expected, none came"
              : "a header with a column called '" + asked + "' was expected, none came");
    }
    int number = Integer.parseInt(asked);
    int at = number < 0 ? first.size() + number : number - 1;
    if (number == 0 || at < 0 || at >= first.size()) {
      throw malformed(
          "a column %s from 1 to %s was expected, %s came".formatted(what, first.size(), number));
    }
    return at;
  }

  MalformedDataException malformed(String reason) {
    return new MalformedDataException(file, 1, 1, reason);
  }

  /// Something wrong with a column, at its place in the first line.
  MalformedDataException malformed(int column, String reason) {
    return new MalformedDataException(file, 1, places.get(column), reason);
  }

  /// How the table is written.
  CsvDialect dialect() {
    return dialect;
  }

  /// Whether the first line names the columns.
  boolean hasHeader() {
    return header;
  }

  /// The fields of the first line.
  List<String> first() {
    return first;
  }

  /// The name of a column, if the table has a header.
  Optional<String> name(int column) {
    return header ? Optional.of(first.get(column)) : Optional.empty();
  }

  /// What a column is called in messages.
  String column(int column) {
    return header
        ? "'" + TableSchema.oneLine(first.get(column)) + "'"
        : Integer.toString(column + 1);
  }

  /// What was decided of the header.
  String notice() {
    return header
        ? "the first line names the columns (" + headerReason + ")"
        : "no header" + (headerReason.isEmpty() ? "" : " (" + headerReason + ")");
  }
}
