package org.fovea.data;

import java.util.Optional;

/// How a table is to be read, as far as somebody says it. Whoever says anything means a table:
/// [DataFiles] then does not look what a file might be.
///
/// @param header whether the first line names the columns; without it that is found out
/// @param label the column of classes: its name, or its number, counted from 1, or from the end
///   with `-1`
/// @param schema what the columns of the table are that a model was trained on: columns with names
///   are found by name, classes must be among those known, and an example may lack its class
public record TableOptions(
    Optional<Boolean> header, Optional<String> label, Optional<TableSchema> schema) {

  private static final TableOptions DETECT =
      new TableOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /// Everything is found out.
  public static TableOptions detect() {
    return DETECT;
  }

  /// Whether anything is said.
  boolean isTable() {
    return header.isPresent() || label.isPresent() || schema.isPresent();
  }

  /// The same for a file whose columns must be those of another.
  public TableOptions withSchema(TableSchema known) {
    return new TableOptions(header, label, Optional.of(known));
  }
}
