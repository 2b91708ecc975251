package org.fovea.data;

import java.util.Locale;
import org.fovea.MalformedDataException;

/// What is wrong with fields of a table, in the words of messages.
///
/// **Threads** Immutable.
record CsvErrors(CsvHead head) {

  /// A field that is no number.
  MalformedDataException number(CsvFields fields, int column) {
    return fields.malformed(
        fields.isMissing()
            ? "a number in column %s was expected, a missing value (%s) came: fill it in first"
                .formatted(head.column(column), fields.shown())
            : "a finite number in column %s was expected, %s came"
                .formatted(head.column(column), fields.shown()));
  }

  /// A field that is no number in a column that could be read as texts.
  MalformedDataException numberOrText(CsvFields fields, int column) {
    return fields.malformed(
        "a finite number in column %s was expected, %s came (--categorical reads texts)"
            .formatted(head.column(column), fields.shown()));
  }

  /// A field that is no moment.
  MalformedDataException moment(CsvFields fields, int column, TimeFormat format) {
    return fields.malformed(
        "a %s in column %s was expected, %s came"
            .formatted(
                format == TimeFormat.TIME
                    ? "time"
                    : "date with the "
                        + format.name().replace("_FIRST", "").toLowerCase(Locale.ROOT)
                        + " first",
                head.column(column),
                fields.shown()));
  }

  /// A field that says nothing of what an example counts for.
  MalformedDataException weight(CsvFields fields, int column) {
    return fields.malformed(
        "a weight of 0 or more in column %s was expected, %s came"
            .formatted(head.column(column), fields.shown()));
  }

  /// A row that lacks its class.
  MalformedDataException noClass(CsvFields fields, int column) {
    return fields.malformed(
        "a class in column " + head.column(column) + " was expected, nothing came");
  }

  /// A row with more or fewer fields than the first.
  MalformedDataException fieldCount(CsvFields fields, int came, boolean more) {
    return fields.malformedEnd(
        head.first().size()
            + " fields were expected, as in the first line, "
            + (more ? "more" : Integer.toString(came))
            + " came");
  }
}
