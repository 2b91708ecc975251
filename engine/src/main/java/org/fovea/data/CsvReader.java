package org.fovea.data;

import java.util.List;
import java.util.function.Consumer;
import org.fovea.MalformedDataException;

/// Parses the rows of a table straight from the bytes of a file.
///
/// A row has as many fields as the first line: a class, and numbers as in [FloatParser]. A missing
/// value is an error, because nothing can be made of it that is right for every table; a value of 0
/// is not kept. Empty lines may be at the end only.
///
/// **Threads** Confined. **Cost** No garbage per row.
final class CsvReader implements ExampleReader {

  /// The column holds the classes.
  static final int LABEL = -1;

  /// The column is of no interest.
  static final int IGNORED = -2;

  private final TextLines lines;
  private final ByteInput input;
  private final CsvFields fields;
  private final CsvHead head;
  private final Layout layout;
  private final boolean skipBad;
  private final FloatParser numbers = new FloatParser();
  private final float[] row;
  private int label;
  private final SkippedRows rows = new SkippedRows();
  private boolean failed;

  /// What becomes of the columns.
  ///
  /// @param targets for each column of the file its feature, [#LABEL] or [#IGNORED]; owned
  /// @param featureCount features of an example
  /// @param classes known ones
  /// @param open whether classes that are not known become known
  /// @param optional whether an example may lack its class
  record Layout(
      int[] targets, int featureCount, Categories classes, boolean open, boolean optional) {

    /// For a look at all rows: nothing is known of the classes.
    static Layout scanning(int[] targets, int featureCount) {
      return new Layout(targets, featureCount, new Categories(), true, false);
    }

    /// For reading with classes that are known.
    static Layout of(int[] targets, int featureCount, List<String> classes, boolean optional) {
      return new Layout(targets, featureCount, new Categories(classes), false, optional);
    }
  }

  /// @param lines at the beginning of the file; their input is closed by this reader
  CsvReader(TextLines lines, CsvHead head, Layout layout, boolean skipBad) {
    this.lines = lines;
    this.input = lines.input();
    this.head = head;
    this.layout = layout;
    this.skipBad = skipBad;
    this.fields = new CsvFields(lines, head.delimiter());
    this.row = new float[layout.featureCount()];
    if (head.hasHeader()) {
      skipHeader();
    }
  }

  private void skipHeader() {
    List<String> expected = head.first();
    for (String name : expected) {
      fields.next();
      if (!fields.text().equals(name)) {
        throw fields.malformed("the header as it was before was expected, another came");
      }
      fields.more();
    }
    fields.endLine();
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    int count = 0;
    long skipped = rows.count();
    while (count < limit
        && (count == 0 || (skipped == rows.count() && !input.isAwaited()))
        && readRow()) {
      for (int feature = 0; feature < row.length; feature++) {
        if (row[feature] != 0) {
          batch.addFeature(feature, row[feature]);
        }
      }
      if (label >= 0) {
        batch.addLabel(label);
      }
      batch.endExample(rows.next());
      count++;
    }
    return count;
  }

  /// Parses the next row that is not left out.
  ///
  /// @return false at the end
  boolean readRow() {
    if (failed) {
      throw new IllegalStateException(input.name() + " cannot be read further after it failed");
    }
    failed = true;
    while (true) {
      input.require(1);
      if (input.atEnd()) {
        failed = false;
        return false;
      }
      try {
        if (isRow()) {
          failed = false;
          return true;
        }
      } catch (MalformedDataException e) {
        if (!skipBad || e.position() instanceof MalformedDataException.Position.Bytes) {
          throw e;
        }
        rows.skip(e);
        lines.skipToEnd();
        lines.step();
      }
    }
  }

  /// The values of the row that was parsed.
  float[] row() {
    return row;
  }

  /// The class of the row that was parsed: its place among the known ones, -1 for none.
  int label() {
    return label;
  }

  private boolean isRow() {
    input.requireLine(2);
    byte first = input.bytes[input.at];
    if (first == '\n' || (first == '\r' && input.bytes[input.at + 1] == '\n')) {
      rows.empty(lines.number());
      fields.endLine();
      return false;
    }
    rows.noneWasTheEnd(lines, "a row", skipBad);
    parse();
    fields.endLine();
    return true;
  }

  private void parse() {
    final int[] targets = layout.targets();
    label = -1;
    for (int column = 0; column < targets.length; column++) {
      fields.next();
      int target = targets[column];
      if (target >= 0) {
        row[target] = number(column);
      } else if (target == LABEL) {
        label = label(column);
      }
      boolean more = fields.more();
      if (more != column + 1 < targets.length) {
        throw fields.malformedEnd(
            targets.length
                + " fields were expected, as in the first line, "
                + (more ? "more" : Integer.toString(column + 1))
                + " came");
      }
    }
  }

  private float number(int column) {
    int begin = fields.begin();
    float value = numbers.parse(fields.content(), begin);
    int end = numbers.end();
    if (end != fields.end()
        || end == begin
        || end - begin > XcErrors.LONGEST_NUMBER
        || !Float.isFinite(value)) {
      throw fields.malformed(
          fields.isMissing()
              ? "a number in column %s was expected, a missing value (%s) came: fill it in first"
                  .formatted(head.column(column), fields.shown())
              : "a finite number in column %s was expected, %s came"
                  .formatted(head.column(column), fields.shown()));
    }
    return value;
  }

  private int label(int column) {
    if (fields.begin() == fields.end()) {
      if (layout.optional()) {
        return -1;
      }
      throw fields.malformed(
          "a class in column " + head.column(column) + " was expected, nothing came");
    }
    Categories classes = layout.classes();
    if (!layout.open()) {
      int found = classes.find(fields.content(), fields.begin(), fields.end());
      if (found < 0) {
        throw fields.malformed(
            "one of the %s classes of the training data was expected, %s came"
                .formatted(classes.count(), fields.shown()));
      }
      return found;
    }
    fields.text();
    return classes.add(fields.content(), fields.begin(), fields.end());
  }

  @Override
  public long skippedCount() {
    return rows.count();
  }

  @Override
  public void onSkipped(Consumer<SkippedExample> listener) {
    rows.listener(listener);
  }

  @Override
  public void close() {
    input.close();
  }
}
