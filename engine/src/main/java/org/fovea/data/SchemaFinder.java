package org.fovea.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.data.ColumnSurvey.Role;

/// Finds out what the columns of a table are: looks at all rows, decides, and looks again at what
/// it did not look for the first time.
///
/// **Threads** Confined. **Cost** One pass over the file, or two.
final class SchemaFinder {

  /// Classes that are kept while it is open which column has them.
  private static final int MOST_CLASSES = 1 << 20;

  /// Different numbers, some with fractions, from which on they are no classes but measurements.
  private static final int MEASURED = 20;

  /// Different whole numbers of which the same is said if hardly one comes twice.
  private static final int COUNTED = 100;

  private final Content content;
  private final DataOptions options;
  private final CsvHead head;
  private final Set<Integer> categorical = new TreeSet<>();
  private final OptionalInt weight;
  private final ColumnNotices notices;

  SchemaFinder(Content content, DataOptions options, CsvHead head) {
    this.content = content;
    this.options = options;
    this.head = head;
    this.notices = new ColumnNotices(content.name(), head);
    Optional<String> weights = options.table().weight();
    this.weight =
        weights.isPresent()
            ? OptionalInt.of(head.column(weights.get(), "of weights"))
            : OptionalInt.empty();
    for (String asked : options.table().categorical()) {
      boolean several =
          head.hasHeader() && head.first().indexOf(asked) != head.first().lastIndexOf(asked);
      for (int column = 0; several && column < head.first().size(); column++) {
        if (head.first().get(column).equals(asked)) {
          categorical.add(column);
        }
      }
      if (!several) {
        categorical.add(head.column(asked, "of texts"));
      }
    }
  }

  /// What was decided.
  ColumnNotices notices() {
    return notices;
  }

  /// Reads the table and decides.
  ///
  /// @throws org.fovea.MalformedDataException if a row is malformed that is not to be left out, if
  ///   a column is neither of numbers nor of anything else, or if there are no classes
  TableSchema find() {
    List<LabelColumn> known = new ArrayList<>();
    options
        .table()
        .label()
        .ifPresent(asked ->
            known.add(new LabelColumn(head.column(asked, "of classes"), "as asked", true)));
    known.addAll(LabelColumn.byName(head));
    TableSurvey survey = survey(firstRoles(known));
    LabelColumn label = known.isEmpty() ? LabelColumn.byContent(head, survey) : known.getFirst();
    if (isWeight(label.column())) {
      throw head.malformed(
          label.column(),
          "a column of classes beside that of the weights was expected, column %s came as both (%s): --label names that of the classes"
              .formatted(head.column(label.column()), label.reason()));
    }
    requireClasses(label, survey);
    List<Role> decided = new ArrayList<>();
    boolean again = false;
    for (int column = 0; column < head.first().size(); column++) {
      ColumnSurvey seen = survey.column(column);
      Role role =
          column == label.column() ? new Role.Classes() : decided(column, seen, survey.rowCount());
      again |= needsAnotherLook(role, seen);
      decided.add(role);
    }
    TableSurvey last = again ? survey(decided) : survey;
    return schema(label, decided, last);
  }

  private boolean isWeight(int column) {
    return weight.orElse(-1) == column;
  }

  private List<Role> firstRoles(List<LabelColumn> label) {
    List<Role> roles = new ArrayList<>();
    int columns = head.first().size();
    for (int column = 0; column < columns; column++) {
      boolean candidate =
          label.isEmpty()
              ? column == 0 || column == columns - 1
              : column == label.getFirst().column();
      boolean all = categorical.contains(column) || (candidate && !label.isEmpty());
      roles.add(
          isWeight(column)
              ? new Role.Ignored()
              : all
                  ? new Role.Tracked(Integer.MAX_VALUE)
                  : candidate ? new Role.Tracked(MOST_CLASSES) : new Role.Free());
    }
    return roles;
  }

  private TableSurvey survey(List<Role> roles) {
    return new TableSurvey(head, roles).read(content, options);
  }

  private Role decided(int column, ColumnSurvey seen, long rows) {
    if (isWeight(column)) {
      return new Role.Ignored();
    }
    if (categorical.contains(column)) {
      return new Role.Texts();
    }
    long present = seen.presentCount();
    if (present == 0) {
      notices.leftOut(column, rows == 0 ? "there are no rows" : "it has no values");
      return rows == 0 ? new Role.Numbers() : new Role.Ignored();
    }
    for (TimeFormat format : momentFormats(column, seen)) {
      return new Role.Moments(format);
    }
    if (2 * seen.textCount() <= present) {
      return new Role.Numbers();
    }
    int different = seen.texts().count();
    boolean few =
        different <= TableColumns.FEW_TEXTS
            || (different < ColumnSurvey.MOST_TEXTS && 4L * different <= present);
    boolean kept = seen.isComplete() || seen.numbers().count() > 0;
    if (!few || !kept) {
      notices.leftOut(
          column,
          "it has %s%s different texts in %s rows: --categorical makes features of them"
              .formatted(seen.isComplete() ? "" : "more than ", different, rows));
      return new Role.Ignored();
    }
    if (different == 1 && seen.missingCount() == 0) {
      notices.leftOut(column, "it has the same text in all rows");
      return new Role.Ignored();
    }
    return new Role.Texts();
  }

  /// The format of moments, if more than half of the fields have it.
  private List<TimeFormat> momentFormats(int column, ColumnSurvey seen) {
    List<TimeFormat> found = new ArrayList<>();
    for (TimeFormat format : TimeFormat.values()) {
      if (2 * seen.momentCount(format) > seen.presentCount()) {
        found.add(format);
      }
    }
    found.sort(Comparator.comparingLong(format -> -seen.momentCount(format)));
    if (found.size() > 1 && seen.momentCount(found.get(0)) == seen.momentCount(found.get(1))) {
      notices.ambiguous(column);
    }
    return found;
  }

  private static boolean needsAnotherLook(Role role, ColumnSurvey seen) {
    return switch (role) {
      case Role.Classes _ -> !seen.isComplete() || seen.missingCount() > 0;
      case Role.Texts _ -> !seen.isComplete();
      case Role.Numbers _ -> seen.textCount() > 0;
      case Role.Moments _ -> true;
      case Role.Free _, Role.Tracked _, Role.Ignored _ -> false;
    };
  }

  /// Refuses measurements that were taken for classes.
  private void requireClasses(LabelColumn label, TableSurvey survey) {
    ColumnSurvey column = survey.column(label.column());
    int different = column.texts().count();
    boolean numbers = column.textCount() == 0 && column.numbers().count() > 0;
    boolean measured = !column.numbers().isWhole() && different > MEASURED;
    boolean counted =
        !label.named() && different > COUNTED && 2L * different > column.numbers().count();
    if (options.table().label().isEmpty() && numbers && (measured || counted)) {
      throw head.malformed(
          label.column(),
          "a column of classes was expected, column %s (%s) with %s different numbers in %s rows came: it looks like a target of regression; --label names the column of classes, or this one to take its numbers for classes all the same"
              .formatted(
                  head.column(label.column()), label.reason(), different, survey.rowCount()));
    }
  }

  private TableSchema schema(LabelColumn label, List<Role> roles, TableSurvey last) {
    TableColumns made = new TableColumns(head, notices);
    List<TableColumn> columns = new ArrayList<>();
    for (int column = 0; column < roles.size(); column++) {
      if (isWeight(column)) {
        columns.add(made.weights(column));
      } else if (column != label.column()) {
        ColumnSurvey seen = last.column(column);
        columns.add(made.column(column, roles.get(column), seen));
      }
    }
    if (columns.stream()
        .allMatch(column ->
            column instanceof TableColumn.LeftOut || column instanceof TableColumn.Weight)) {
      throw head.malformed(
          "a column that tells something of the classes was expected, none came: "
              + notices.none());
    }
    List<String> classes = TableColumns.sorted(last.column(label.column()).texts());
    TableSchema schema =
        new TableSchema(
            label.column(),
            head.name(label.column()),
            columns,
            classes,
            head.dialect().decimalComma());
    notices.head(label, last.rowCount(), schema);
    return schema;
  }
}
