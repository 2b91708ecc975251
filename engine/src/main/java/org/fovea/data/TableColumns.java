package org.fovea.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fovea.data.ColumnSurvey.Role;

/// Makes columns of a schema of what was seen of them.
///
/// **Threads** Confined.
final class TableColumns {

  /// Different texts that make a category of a column however few rows there are.
  static final int FEW_TEXTS = 32;

  private final CsvHead head;
  private final ColumnNotices notices;

  TableColumns(CsvHead head, ColumnNotices notices) {
    this.head = head;
    this.notices = notices;
  }

  /// What a column is.
  TableColumn column(int column, Role role, ColumnSurvey seen) {
    String name = head.name(column).orElse("");
    boolean flagged = seen.missingCount() > 0;
    return switch (role) {
      case Role.Ignored _ -> new TableColumn.LeftOut(name);
      case Role.Texts _, Role.Classes _ -> {
        List<String> values = sorted(seen.texts());
        notices.category(column, values, seen);
        yield new TableColumn.Category(name, values, flagged);
      }
      case Role.Moments(TimeFormat format) -> {
        int parts = TableColumn.Moment.partCount(format, seen.isTimed());
        List<NumberFit> fits = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
          fits.add(seen.parts()[part].fit());
        }
        notices.moments(column, format, seen);
        yield new TableColumn.Moment(name, format, fits, flagged);
      }
      case Role.Numbers _, Role.Free _, Role.Tracked _ -> {
        NumberFit fit = seen.numbers().fit();
        notices.numbers(column, fit, seen);
        yield new TableColumn.Numeric(name, fit, flagged);
      }
    };
  }

  /// The column of weights.
  TableColumn weights(int column) {
    notices.weights(column);
    return new TableColumn.Weight(head.name(column).orElse(""));
  }

  /// Texts in the order of numbers if all are numbers, and of text otherwise, so that the order of
  /// rows does not matter.
  static List<String> sorted(Categories texts) {
    List<String> all = new ArrayList<>(texts.texts());
    all.sort(all.stream().allMatch(TableColumns::isNumber) ? byNumber() : byText());
    return all;
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?[0-9]{1,15}([.][0-9]{1,15})?");
  }

  private static Comparator<String> byNumber() {
    return Comparator.comparingDouble(Double::parseDouble).thenComparing(byText());
  }

  private static Comparator<String> byText() {
    return Comparator.naturalOrder();
  }
}
