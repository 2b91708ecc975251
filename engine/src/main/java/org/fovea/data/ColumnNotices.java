package org.fovea.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was decided of a table, in sentences for people: one for each kind of thing, with the first
/// few columns of which it is said.
///
/// **Threads** Confined.
final class ColumnNotices {

  private static final int SHOWN = 3;

  /// Whole numbers that single precision tells apart.
  private static final double APART = 1 << 24;

  private final String file;
  private final CsvHead head;
  private final List<String> first = new ArrayList<>();
  private final List<String> all = new ArrayList<>();
  private final List<String> constant = new ArrayList<>();
  private final List<String> flagged = new ArrayList<>();
  private final List<String> centred = new ArrayList<>();
  private final List<String> categories = new ArrayList<>();
  private final List<String> moments = new ArrayList<>();
  private final List<String> ambiguous = new ArrayList<>();
  private final List<String> equal = new ArrayList<>();
  private final List<String> wide = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final SortedMap<Integer, String> each = new TreeMap<>();
  private final NumberSurvey range = new NumberSurvey();

  ColumnNotices(String file, CsvHead head) {
    this.file = file;
    this.head = head;
  }

  /// A column that becomes nothing.
  void leftOut(int column, String why) {
    left.add("%s: %s".formatted(head.column(column), why));
    each.put(column, "left out: " + why);
  }

  /// The column that says what each example counts for.
  void weights(int column) {
    each.put(column, "weights of the examples");
  }

  /// Dates of which the day may be the month.
  void ambiguous(int column) {
    ambiguous.add(head.column(column));
  }

  /// A column of texts.
  void category(int column, List<String> values, ColumnSurvey seen) {
    categories.add("%s with %s".formatted(head.column(column), values.size()));
    each.put(column, "%s texts".formatted(values.size()));
    missing(column, seen, "a feature of its own");
  }

  /// A column of moments.
  void moments(int column, TimeFormat format, ColumnSurvey seen) {
    String written =
        switch (format) {
          case TIME -> "times";
          case YEAR_FIRST, DAY_FIRST, MONTH_FIRST ->
              "dates, " + format.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    moments.add("%s: %s".formatted(head.column(column), written));
    each.put(column, written);
    missing(column, seen, "the mean, and a feature of its own");
  }

  /// A column of numbers.
  void numbers(int column, NumberFit fit, ColumnSurvey seen) {
    NumberSurvey numbers = seen.numbers();
    if (seen.isBeyondDouble()) {
      equal.add(head.column(column));
    } else if (numbers.isWhole() && numbers.most() - numbers.least() > APART) {
      wide.add(head.column(column));
    } else if (numbers.count() > 1 && numbers.isConstant() && seen.missingCount() == 0) {
      constant.add(head.column(column));
    }
    String from = "from %s to %s".formatted(shown(numbers.least()), shown(numbers.most()));
    each.put(
        column,
        numbers.count() == 0
            ? "numbers"
            : "numbers %s%s".formatted(from, fit.isPlain() ? "" : ", centred"));
    if (numbers.count() > 0) {
      range.add(numbers.least());
      range.add(numbers.most());
    }
    if (!fit.isPlain() && !numbers.isConstant()) {
      centred.add(head.column(column) + " " + from);
    }
    missing(
        column, seen, "the mean (" + shown((float) numbers.mean()) + "), and a feature of its own");
  }

  private void missing(int column, ColumnSurvey seen, String as) {
    if (seen.missingCount() > 0) {
      flagged.add(
          "%s in %s of %s rows: %s"
              .formatted(
                  head.column(column),
                  seen.missingCount(),
                  seen.missingCount() + seen.presentCount(),
                  as));
      each.merge(column, ", %s missing".formatted(seen.missingCount()), String::concat);
    }
  }

  /// The table as a whole.
  void head(LabelColumn label, long rows, TableSchema schema) {
    CsvDialect dialect = head.dialect();
    each.put(label.column(), "classes (" + label.reason() + ")");
    first.add(
        "%s: a table separated by %s%s; %s; classes are in column %s of %s (%s)"
            .formatted(
                file,
                dialect.separators(),
                dialect.decimalComma() ? ", with decimal commas" : "",
                head.notice(),
                head.column(label.column()),
                head.first().size(),
                label.reason()));
    all.add(
        "%s: in %s rows found %s features and %s classes"
            .formatted(file, rows, schema.featureCount(), schema.classes().size()));
    say(
        constant,
        "%s of %s columns have the same value in all rows and tell nothing (%s); they are kept, and standardization makes them 0",
        schema.columns().size());
    say(categories, "%s columns hold texts, each text becomes a feature (%s)");
    say(moments, "%s columns hold dates or times, which become numbers and their parts (%s)");
    say(ambiguous, "%s columns hold dates whose day may as well be the month (%s); read day first");
    say(flagged, "%s columns have missing values (%s)");
    say(
        centred,
        "%s columns lie far from 0 beside what tells their rows apart, or beyond single precision, and are centred before they are rounded (%s)");
    say(
        equal,
        "%s columns have numbers that differ only where double precision ends, and are read as equal (%s); --categorical tells them apart");
    say(
        wide,
        "%s columns have whole numbers over a range of more than 16,777,216, of which single precision makes neighbours equal (%s)");
    say(left, "%s columns are left out (%s)");
  }

  private void say(List<String> columns, String sentence, Object... more) {
    if (columns.isEmpty()) {
      return;
    }
    List<Object> parts = new ArrayList<>();
    parts.add(columns.size());
    parts.addAll(List.of(more));
    parts.add(listed(columns));
    all.add(file + ": " + sentence.formatted(parts.toArray()));
  }

  /// Why no column is left.
  String none() {
    return listed(left);
  }

  private static String listed(List<String> columns) {
    String some = String.join(", ", columns.subList(0, Math.min(SHOWN, columns.size())));
    return columns.size() > SHOWN ? some + ", ..." : some;
  }

  private static String shown(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String shown(float number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Float.toString(number);
  }

  /// What each column is, in a few words, by its position.
  SortedMap<Integer, String> each() {
    return Collections.unmodifiableSortedMap(each);
  }

  /// The least and the largest number of all columns, as they were read.
  NumberSurvey range() {
    return range;
  }

  /// All sentences.
  List<String> all() {
    List<String> sentences = new ArrayList<>(first);
    sentences.addAll(all);
    return sentences;
  }
}
