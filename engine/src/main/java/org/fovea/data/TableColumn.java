package org.fovea.data;

import java.util.ArrayList;
import java.util.List;

/// A column of a table, besides that of the classes, and the features that it becomes, in their
/// order.
///
/// A column in which values were missing in the training data is *flagged*: behind its other
/// features it has one that is 1 where the value is missing.
public sealed interface TableColumn {

  /// What the header calls it; nothing if there is no header.
  String name();

  /// How many features it becomes.
  int featureCount();

  /// What the features are called.
  ///
  /// @param called what the column is called
  List<String> featureNames(String called);

  /// Numbers: one feature.
  ///
  /// @param fit how they become values
  /// @param flagged whether some were missing
  record Numeric(String name, NumberFit fit, boolean flagged) implements TableColumn {

    @Override
    public int featureCount() {
      return flagged ? 2 : 1;
    }

    @Override
    public List<String> featureNames(String called) {
      return flagged ? List.of(called, missing(called)) : List.of(called);
    }
  }

  /// Texts of which there are few: a feature for each, which is 1 where the text is there. Another
  /// text than these is treated as if nothing were there.
  ///
  /// @param values the texts
  /// @param flagged whether some were missing
  record Category(String name, List<String> values, boolean flagged) implements TableColumn {

    /// Copies the texts.
    public Category {
      values = List.copyOf(values);
    }

    @Override
    public int featureCount() {
      return values.size() + (flagged ? 1 : 0);
    }

    @Override
    public List<String> featureNames(String called) {
      List<String> names = new ArrayList<>();
      values.forEach(value -> names.add(called + "=" + value));
      if (flagged) {
        names.add(missing(called));
      }
      return names;
    }
  }

  /// Dates and times. Dates become days since 1970, the month, the day of the month and the day of
  /// the week (Monday is 1), and with times of day also hours since midnight; times alone become
  /// hours.
  ///
  /// @param format how they are written
  /// @param parts how each part becomes values
  /// @param flagged whether some were missing
  record Moment(String name, TimeFormat format, List<NumberFit> parts, boolean flagged)
      implements TableColumn {

    private static final List<String> NAMES = List.of("", " month", " day", " weekday", " hour");

    /// Checks that the parts suit the format.
    public Moment {
      parts = List.copyOf(parts);
      boolean fits =
          format == TimeFormat.TIME ? parts.size() == 1 : parts.size() == 4 || parts.size() == 5;
      if (!fits) {
        throw new IllegalArgumentException(
            "1 part of a time, 4 or 5 of a date were expected, " + parts.size() + " came");
      }
    }

    /// Parts of a moment.
    ///
    /// @param timed whether a date has a time of day
    static int partCount(TimeFormat format, boolean timed) {
      return format == TimeFormat.TIME ? 1 : timed ? 5 : 4;
    }

    @Override
    public int featureCount() {
      return parts.size() + (flagged ? 1 : 0);
    }

    @Override
    public List<String> featureNames(String called) {
      List<String> names = new ArrayList<>();
      for (int part = 0; part < parts.size(); part++) {
        names.add(called + NAMES.get(part));
      }
      if (flagged) {
        names.add(missing(called));
      }
      return names;
    }
  }

  /// A column that becomes nothing, because nothing can be learned from it.
  record LeftOut(String name) implements TableColumn {

    @Override
    public int featureCount() {
      return 0;
    }

    @Override
    public List<String> featureNames(String called) {
      return List.of();
    }
  }

  /// What each example counts for; no feature.
  record Weight(String name) implements TableColumn {

    @Override
    public int featureCount() {
      return 0;
    }

    @Override
    public List<String> featureNames(String called) {
      return List.of();
    }
  }

  private static String missing(String called) {
    return called + " missing";
  }
}
