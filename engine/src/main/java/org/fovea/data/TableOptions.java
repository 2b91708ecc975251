package org.fovea.data;

import java.util.List;
import java.util.Optional;

/// How a table is to be read, as far as somebody says it. Whoever says anything means a table:
/// [DataFiles] then does not look what a file might be.
///
/// @param header whether the first line names the columns; without it that is found out
/// @param label the column of classes: its name, or its number, counted from 1, or from the end
///   with `-1`
/// @param schema what the columns of the table are that a model was trained on: columns with names
///   are found by name, classes must be among those known, and an example may lack its class
/// @param delimiter what separates fields: a tab, `;`, `|`, `,` or a space; without it that is
///   found out
/// @param categorical columns whose values are texts, whatever they look like: names, or numbers as
///   of the column of classes
/// @param weight the column that says what each example counts for: a name or a number as of the
///   column of classes; without it each counts once
public record TableOptions(
    Optional<Boolean> header,
    Optional<String> label,
    Optional<TableSchema> schema,
    Optional<Character> delimiter,
    List<String> categorical,
    Optional<String> weight) {

  private static final TableOptions DETECT =
      new TableOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /// Checks the delimiter.
  public TableOptions {
    categorical = List.copyOf(categorical);
    if (delimiter.isPresent() && "\t;|, ".indexOf(delimiter.get()) < 0) {
      throw new IllegalArgumentException(
          "a tab, a semicolon, a bar, a comma or a space was expected, '"
              + delimiter.get()
              + "' came");
    }
  }

  /// The delimiter and which columns are categorical are found out.
  public TableOptions(
      Optional<Boolean> header, Optional<String> label, Optional<TableSchema> schema) {
    this(header, label, schema, Optional.empty(), List.of(), Optional.empty());
  }

  /// Everything is found out.
  public static TableOptions detect() {
    return DETECT;
  }

  /// Whether anything is said.
  boolean isTable() {
    return header.isPresent()
        || label.isPresent()
        || schema.isPresent()
        || delimiter.isPresent()
        || !categorical.isEmpty()
        || weight.isPresent();
  }

  /// The same for a file whose columns must be those of another.
  public TableOptions withSchema(TableSchema known) {
    return new TableOptions(header, label, Optional.of(known), delimiter, categorical, weight);
  }

  /// The same with another delimiter.
  public TableOptions withDelimiter(char separator) {
    return new TableOptions(header, label, schema, Optional.of(separator), categorical, weight);
  }

  /// The same with columns whose values are texts.
  public TableOptions withCategorical(List<String> columns) {
    return new TableOptions(header, label, schema, delimiter, columns, weight);
  }

  /// The same with another column of classes, of a table with or without a header.
  public TableOptions withLabel(boolean named, String column) {
    return new TableOptions(
        Optional.of(named), Optional.of(column), schema, delimiter, categorical, weight);
  }

  /// The same with a column of weights.
  public TableOptions withWeight(String column) {
    return new TableOptions(header, label, schema, delimiter, categorical, Optional.of(column));
  }
}
