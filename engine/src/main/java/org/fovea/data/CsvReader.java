package org.fovea.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Parses the rows of a table straight from the bytes of a file, into the features that a
/// [TableSchema] makes of its columns.
///
/// A row has as many fields as the first line. A value of 0 is not kept. Empty lines may be at the
/// end only.
///
/// **Threads** Confined. **Cost** No garbage per row.
final class CsvReader implements ExampleReader {

  /// The column holds the classes.
  static final int LABEL = -1;

  /// The column is of no interest.
  static final int IGNORED = -2;

  private final ByteInput input;
  private final CsvRows rows;
  private final String name;
  private final boolean ignoresLabels;
  private long unknownCount;
  private final CsvErrors errors;
  private final CsvTally tally;
  private final Layout layout;
  private final Categories classes;
  private final CsvCell[] cells;
  private final Consumer<CsvFields> parser = this::parse;
  private final CsvCell.Entries entries;
  private int label;

  /// What becomes of the columns of a file.
  ///
  /// @param targets for each column of the file its place among the columns of the schema, [#LABEL]
  ///   or [#IGNORED]; owned
  /// @param schema what the columns are
  /// @param optional whether an example may lack its class
  record Layout(int[] targets, TableSchema schema, boolean optional) {}

  /// @param lines at the beginning of the file; their input is closed by this reader
  CsvReader(TextLines lines, CsvHead head, Layout layout, DataOptions options) {
    this.input = lines.input();
    this.rows = new CsvRows(lines, head, options.skipBad());
    this.name = lines.input().name();
    this.ignoresLabels = options.unknown().ignoresLabels();
    this.errors = new CsvErrors(head);
    this.tally = new CsvTally(input.name(), head);
    this.layout = layout;
    this.classes = new Categories(layout.schema().classes());
    List<TableColumn> columns = layout.schema().columns();
    int slots = columns.stream().mapToInt(CsvCell::slots).sum();
    this.entries = new CsvCell.Entries(new int[slots], new float[slots], new float[] {1});
    this.cells = cells(columns, head.dialect().point());
  }

  /// What reads each column of the file; nothing is read of those of the classes and of no
  /// interest.
  private CsvCell[] cells(List<TableColumn> columns, char point) {
    int[] places = new int[columns.size()];
    Arrays.fill(places, IGNORED);
    for (int position = 0; position < layout.targets().length; position++) {
      if (layout.targets()[position] >= 0) {
        places[layout.targets()[position]] = position;
      }
    }
    CsvCell.Place place = new CsvCell.Place(errors, entries, tally);
    CsvCell[] found = new CsvCell[layout.targets().length];
    Arrays.setAll(found, position -> CsvCell.nothing(place, position));
    int slot = 0;
    int feature = 0;
    for (int i = 0; i < places.length; i++) {
      TableColumn column = columns.get(i);
      if (!(column instanceof TableColumn.LeftOut) && places[i] >= 0) {
        found[places[i]] = CsvCell.of(column, place, places[i], slot, feature, point);
      }
      slot += CsvCell.slots(column);
      feature += column.featureCount();
    }
    return found;
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    int count = 0;
    long skipped = rows.skipped().count();
    while (count < limit
        && (count == 0 || (skipped == rows.skipped().count() && !rows.isAwaited()))
        && rows.next(parser)) {
      final int[] features = entries.features();
      final float[] values = entries.values();
      for (int slot = 0; slot < values.length; slot++) {
        if (values[slot] != 0) {
          batch.addFeature(features[slot], values[slot]);
        }
      }
      if (label >= 0) {
        batch.addLabel(label);
      }
      batch.endExample(rows.skipped().next(), entries.weight()[0]);
      count++;
    }
    return count;
  }

  private void parse(CsvFields fields) {
    final int[] targets = layout.targets();
    label = -1;
    for (int column = 0; column < targets.length; column++) {
      fields.next();
      if (targets[column] >= 0) {
        cells[column].read(fields);
      } else if (targets[column] == LABEL) {
        label = label(fields, column);
      }
      boolean more = fields.more();
      if (more != column + 1 < targets.length) {
        throw errors.fieldCount(fields, column + 1, more);
      }
    }
  }

  private int label(CsvFields fields, int column) {
    int found = classes.find(fields.content(), fields.begin(), fields.end());
    if (found < 0 && fields.begin() == fields.end() && !layout.optional()) {
      throw errors.noClass(fields, column);
    }
    if (found < 0 && !fields.isMissing() && ignoresLabels) {
      unknownCount++;
    } else if (found < 0 && !(layout.optional() && fields.isMissing())) {
      throw fields.malformed(
          "one of the %s classes of the training data was expected, %s came"
              .formatted(classes.count(), fields.shown()));
    }
    return found;
  }

  @Override
  public long skippedCount() {
    return rows.skipped().count();
  }

  @Override
  public void onSkipped(Consumer<SkippedExample> listener) {
    rows.skipped().listener(listener);
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(tally.notes());
    if (unknownCount > 0) {
      notes.add(
          "%s: %s labels that the training data does not have are ignored"
              .formatted(name, unknownCount));
    }
    return notes;
  }

  @Override
  public void close() {
    input.close();
  }
}
