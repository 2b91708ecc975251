package org.fovea.data;

import java.util.Arrays;
import java.util.List;
import org.fovea.MalformedDataException;

/// Looks at all rows of a table and learns what its columns are like.
///
/// A row counts as a whole or not at all: its fields are kept until its end has come.
///
/// **Threads** Confined. **Cost** One pass; memory for one row, and for texts.
final class TableSurvey {

  private static final byte ABSENT = 0;
  private static final byte EMPTY = 1;
  private static final byte NUMBER = 2;
  private static final byte TEXT = 3;
  private static final byte MOMENT = 4;

  /// Numbers with more digits are compared as text.
  private static final int SURE_DIGITS = 15;

  private final CsvHead head;
  private final CsvErrors errors;
  private final ColumnSurvey[] columns;
  private final DecimalParser numbers;
  private final TimeFormat.Moment moment = new TimeFormat.Moment();
  private final byte[] kinds;
  private final double[] values;
  private final int[] from;
  private final int[] to;
  private byte[] text = new byte[1024];
  private int textLength;
  private long rowCount;

  /// @param roles what each column is looked at for
  TableSurvey(CsvHead head, List<ColumnSurvey.Role> roles) {
    this.head = head;
    this.errors = new CsvErrors(head);
    this.numbers = new DecimalParser(head.dialect().point());
    int count = roles.size();
    columns = new ColumnSurvey[count];
    Arrays.setAll(columns, column -> new ColumnSurvey(roles.get(column)));
    kinds = new byte[count];
    values = new double[count];
    from = new int[count];
    to = new int[count];
  }

  /// Reads all rows.
  ///
  /// @throws MalformedDataException if one is malformed that is not to be left out
  TableSurvey read(Content content, DataOptions options) {
    try (ByteInput input = ByteInput.open(content, options)) {
      CsvRows rows = new CsvRows(new TextLines(input), head, options.skipBad());
      while (rows.next(this::stage)) {
        rowCount++;
        for (int column = 0; column < columns.length; column++) {
          add(column);
        }
      }
    }
    return this;
  }

  private void stage(CsvFields fields) {
    textLength = 0;
    for (int column = 0; column < columns.length; column++) {
      fields.next();
      stage(fields, column);
      boolean more = fields.more();
      if (more != column + 1 < columns.length) {
        throw errors.fieldCount(fields, column + 1, more);
      }
    }
  }

  private void stage(CsvFields fields, int column) {
    ColumnSurvey survey = columns[column];
    final int length = fields.end() - fields.begin();
    from[column] = textLength;
    to[column] = textLength;
    if (survey.role() instanceof ColumnSurvey.Role.Ignored) {
      kinds[column] = ABSENT;
      return;
    }
    boolean classes = survey.role() instanceof ColumnSurvey.Role.Classes;
    if (classes && length == 0) {
      throw errors.noClass(fields, column);
    }
    if (length > 0 && length <= XcErrors.LONGEST_NUMBER) {
      double number = numbers.parse(fields.content(), fields.begin());
      if (numbers.end() == fields.end() && Double.isFinite(number)) {
        kinds[column] = NUMBER;
        values[column] = number;
        if (length > SURE_DIGITS || survey.keepsTexts()) {
          keep(fields, column);
        }
        if (survey.role() instanceof ColumnSurvey.Role.Moments(TimeFormat format)) {
          throw errors.moment(fields, column, format);
        }
        return;
      }
    }
    if (!classes && fields.isMissing()) {
      kinds[column] = length == 0 ? EMPTY : ABSENT;
      return;
    }
    stageText(fields, column, survey.role());
  }

  private void stageText(CsvFields fields, int column, ColumnSurvey.Role role) {
    kinds[column] = TEXT;
    switch (role) {
      case ColumnSurvey.Role.Numbers _ -> throw errors.numberOrText(fields, column);
      case ColumnSurvey.Role.Moments(TimeFormat format) -> {
        if (!format.parse(fields.content(), fields.begin(), fields.end(), moment)) {
          throw errors.moment(fields, column, format);
        }
        kinds[column] = MOMENT;
      }
      default -> fields.text();
    }
    keep(fields, column);
  }

  private void keep(CsvFields fields, int column) {
    int length = fields.end() - fields.begin();
    if (text.length - textLength < length) {
      text = Arrays.copyOf(text, Math.addExact(textLength, length) + text.length);
    }
    System.arraycopy(fields.content(), fields.begin(), text, textLength, length);
    textLength += length;
    to[column] = textLength;
  }

  private void add(int column) {
    ColumnSurvey survey = columns[column];
    switch (kinds[column]) {
      case NUMBER -> survey.addNumber(values[column], text, from[column], to[column]);
      case TEXT -> survey.addText(text, from[column], to[column], moment);
      case MOMENT -> {
        if (survey.role() instanceof ColumnSurvey.Role.Moments(TimeFormat format)
            && format.parse(text, from[column], to[column], moment)) {
          survey.addMoment(moment);
        }
      }
      default -> survey.addMissing(kinds[column] == EMPTY);
    }
  }

  /// Rows that count.
  long rowCount() {
    return rowCount;
  }

  /// What a column is like.
  ColumnSurvey column(int column) {
    return columns[column];
  }
}
