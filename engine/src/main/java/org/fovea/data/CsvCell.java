package org.fovea.data;

/// Turns a field of a column into the features that the column becomes.
///
/// **Threads** Confined. **Cost** No garbage per field.
abstract sealed class CsvCell {

  /// Position of the column in its file.
  final int column;

  private final CsvErrors errors;
  private final Entries entries;
  private final int flag;

  /// Where the features of a row are gathered: slots in the order of their numbers.
  ///
  /// @param features number of the feature in each slot
  /// @param values its value, 0 for none
  /// @param weight the only element is what the example counts for
  record Entries(int[] features, float[] values, float[] weight) {}

  /// What cells have in common.
  record Place(CsvErrors errors, Entries entries, CsvTally tally) {}

  private CsvCell(Place place, int column, int flag) {
    this.errors = place.errors();
    this.entries = place.entries();
    this.column = column;
    this.flag = flag;
  }

  /// A cell for a column.
  ///
  /// @param position of the column in its file
  /// @param slot the first of its slots
  /// @param feature the first of its features
  static CsvCell of(
      TableColumn column, Place place, int position, int slot, int feature, char point) {
    int width = slots(column);
    int flagSlot =
        switch (column) {
          case TableColumn.Numeric numeric when numeric.flagged() -> slot + width - 1;
          case TableColumn.Category category when category.flagged() -> slot + width - 1;
          case TableColumn.Moment moment when moment.flagged() -> slot + width - 1;
          default -> -1;
        };
    int[] features = place.entries().features();
    for (int i = 0; i < width; i++) {
      features[slot + i] = feature + i;
    }
    if (flagSlot >= 0) {
      features[flagSlot] = feature + column.featureCount() - 1;
    }
    return switch (column) {
      case TableColumn.Numeric numeric ->
          new Numeric(place, position, flagSlot, slot, numeric.fit(), point);
      case TableColumn.Category category ->
          new Category(place, position, flagSlot, slot, feature, category);
      case TableColumn.Moment moment -> new Moments(place, position, flagSlot, slot, moment);
      case TableColumn.Weight _ -> new Weights(place, position, point);
      case TableColumn.LeftOut _ -> nothing(place, position);
    };
  }

  /// A cell for a column that becomes no features.
  static CsvCell nothing(Place place, int position) {
    return new Nothing(place, position);
  }

  /// How many slots a column needs.
  static int slots(TableColumn column) {
    return switch (column) {
      case TableColumn.Category category -> category.flagged() ? 2 : 1;
      case TableColumn.Numeric _,
          TableColumn.Moment _,
          TableColumn.Weight _,
          TableColumn.LeftOut _ ->
          column.featureCount();
    };
  }

  /// Reads the field into its slots.
  abstract void read(CsvFields fields);

  /// Sets the flag of a column whose value may be missing.
  ///
  /// @return whether there is a flag
  final boolean flag(boolean missing) {
    if (flag >= 0) {
      entries.values()[flag] = missing ? 1 : 0;
    }
    return flag >= 0;
  }

  /// A mean instead of a value that is missing.
  final float mean(NumberFit fit, CsvFields fields) {
    if (fit.mean().isEmpty()) {
      throw errors.number(fields, column);
    }
    return fit.value(fit.mean().getAsDouble());
  }

  private static final class Nothing extends CsvCell {

    Nothing(Place place, int column) {
      super(place, column, -1);
    }

    @Override
    void read(CsvFields fields) {
      // stepped over
    }
  }

  private static final class Numeric extends CsvCell {

    private final DecimalParser numbers;
    private final NumberFit fit;
    private final boolean plain;
    private final CsvErrors errors;
    private final CsvTally tally;
    private final float[] values;
    private final int slot;

    Numeric(Place place, int column, int flag, int slot, NumberFit fit, char point) {
      super(place, column, flag);
      this.numbers = new DecimalParser(point);
      this.fit = fit;
      this.plain = fit.isPlain();
      this.errors = place.errors();
      this.tally = place.tally();
      this.values = place.entries().values();
      this.slot = slot;
    }

    @Override
    void read(CsvFields fields) {
      final int begin = fields.begin();
      final double number = numbers.parse(fields.content(), begin);
      final int end = numbers.end();
      if (end != fields.end() || end == begin || end - begin > XcErrors.LONGEST_NUMBER) {
        if (!fields.isMissing()) {
          throw errors.number(fields, column);
        }
        values[slot] = mean(fit, fields);
        if (!flag(true)) {
          tally.missing(fields, column);
        }
        return;
      }
      float value = plain ? numbers.nearest(number, fields.content(), begin) : fit.value(number);
      if (!Float.isFinite(value)) {
        throw errors.number(fields, column);
      }
      values[slot] = value;
      flag(false);
    }
  }

  private static final class Weights extends CsvCell {

    private final DecimalParser numbers;
    private final CsvErrors errors;
    private final float[] weight;

    Weights(Place place, int column, char point) {
      super(place, column, -1);
      this.numbers = new DecimalParser(point);
      this.errors = place.errors();
      this.weight = place.entries().weight();
    }

    @Override
    void read(CsvFields fields) {
      final int begin = fields.begin();
      final float number = (float) numbers.parse(fields.content(), begin);
      final int end = numbers.end();
      boolean whole = end == fields.end() && end > begin && end - begin <= XcErrors.LONGEST_NUMBER;
      if (!whole || !(number >= 0 && number <= Float.MAX_VALUE)) {
        throw errors.weight(fields, column);
      }
      weight[0] = number;
    }
  }

  private static final class Category extends CsvCell {

    private final Categories texts;
    private final CsvTally tally;
    private final Entries entries;
    private final int slot;
    private final int first;

    Category(
        Place place, int column, int flag, int slot, int first, TableColumn.Category category) {
      super(place, column, flag);
      this.texts = new Categories(category.values());
      this.tally = place.tally();
      this.entries = place.entries();
      this.slot = slot;
      this.first = first;
    }

    @Override
    void read(CsvFields fields) {
      int found = texts.find(fields.content(), fields.begin(), fields.end());
      boolean missing = found < 0 && fields.isMissing();
      entries.values()[slot] = found < 0 ? 0 : 1;
      entries.features()[slot] = first + Math.max(0, found);
      boolean told = flag(missing) && missing;
      if (found < 0 && !told) {
        tally.unknown(fields, column);
      }
    }
  }

  private static final class Moments extends CsvCell {

    private final TableColumn.Moment moments;
    private final TimeFormat.Moment moment = new TimeFormat.Moment();
    private final CsvErrors errors;
    private final CsvTally tally;
    private final float[] values;
    private final int slot;

    Moments(Place place, int column, int flag, int slot, TableColumn.Moment moments) {
      super(place, column, flag);
      this.moments = moments;
      this.errors = place.errors();
      this.tally = place.tally();
      this.values = place.entries().values();
      this.slot = slot;
    }

    @Override
    void read(CsvFields fields) {
      boolean missing = fields.isMissing();
      if (!missing
          && !moments.format().parse(fields.content(), fields.begin(), fields.end(), moment)) {
        throw errors.moment(fields, column, moments.format());
      }
      for (int part = 0; part < moments.parts().size(); part++) {
        NumberFit fit = moments.parts().get(part);
        values[slot + part] = missing ? mean(fit, fields) : fit.value(moment.part(part));
      }
      if (!flag(missing) && missing) {
        tally.missing(fields, column);
      }
    }
  }
}
