package org.fovea.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the columns of a table are, so that another table is read like the one that a model was
/// trained on.
///
/// **Threads** Safe.
///
/// @param labelColumn position of the column of classes, counted from 0
/// @param labelName what its header calls it; empty if the table has no header
/// @param columns all others, in the order of the table
/// @param classes texts of the classes, in the order of their ids
/// @param decimalComma whether numbers have a comma before their fraction, as far as a file does
///   not show it itself
public record TableSchema(
    int labelColumn,
    Optional<String> labelName,
    List<TableColumn> columns,
    List<String> classes,
    boolean decimalComma) {

  /// The same columns with further classes after those that are known.
  ///
  /// @param more texts of classes, of which those that are known are passed over
  public TableSchema withClasses(List<String> more) {
    Set<String> all = new LinkedHashSet<>(classes);
    all.addAll(more);
    return new TableSchema(labelColumn, labelName, columns, List.copyOf(all), decimalComma);
  }

  /// Checks that the parts agree.
  public TableSchema {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    if (labelColumn < 0 || labelColumn > columns.size()) {
      throw new IllegalArgumentException(
          "a column of classes from 0 to "
              + columns.size()
              + " was expected, "
              + labelColumn
              + " came");
    }
  }

  /// A table whose columns are all numbers of which nothing else is known.
  ///
  /// @param featureCount columns besides that of the classes
  /// @param featureNames what the header calls them, in order; empty if the table has no header
  /// @throws IllegalArgumentException if there is another number of names
  public static TableSchema plain(
      int labelColumn,
      Optional<String> labelName,
      int featureCount,
      List<String> featureNames,
      List<String> classes) {
    int named = labelName.isPresent() ? featureCount : 0;
    if (featureNames.size() != named) {
      throw new IllegalArgumentException(
          named + " names of features were expected, " + featureNames.size() + " came");
    }
    List<TableColumn> columns = new ArrayList<>(featureCount);
    for (int i = 0; i < featureCount; i++) {
      String name = named > 0 ? featureNames.get(i) : "";
      columns.add(new TableColumn.Numeric(name, NumberFit.unknown(), false));
    }
    return new TableSchema(labelColumn, labelName, columns, classes, false);
  }

  /// Whether the table has a header.
  public boolean hasHeader() {
    return labelName.isPresent();
  }

  /// Features of all columns together.
  public int featureCount() {
    long count = columns.stream().mapToLong(TableColumn::featureCount).sum();
    return Math.toIntExact(count);
  }

  /// What the features are called, in order: like their columns, and where a column becomes several
  /// like it and what they tell. Empty if there is neither a header nor such a column.
  public List<String> featureNames() {
    boolean plain =
        columns.stream()
            .allMatch(
                column -> column instanceof TableColumn.Numeric && column.featureCount() == 1);
    if (!hasHeader() && plain) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.addAll(columns.get(i).featureNames(called(i)));
    }
    return names;
  }

  /// What a column is called: like its header, and without one by its number in the table.
  ///
  /// @param index of the column among those that are not the classes
  public String called(int index) {
    return hasHeader()
        ? columns.get(index).name()
        : "column " + (index < labelColumn ? index + 1 : index + 2);
  }

  /// What classes and features are called, each in one line.
  public Names names() {
    return new Names(
        classes.stream().map(TableSchema::oneLine).toList(),
        featureNames().stream().map(TableSchema::oneLine).toList());
  }

  /// A text in which line ends are written as `\n` and `\r`.
  public static String oneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : text.replace("\n", "\\n").replace("\r", "\\r");
  }
}
