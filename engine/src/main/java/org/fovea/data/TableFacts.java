package org.fovea.data;

import java.util.ArrayList;
import java.util.List;

/// What a look at all rows of a table told of it, for people to read.
///
/// @param classes which column has the classes, and why
/// @param columns what each column is called and what it holds, in their order
/// @param least the least number, as it was read; more than `most` if there are no numbers
/// @param most the largest
public record TableFacts(String classes, List<Column> columns, double least, double most) {

  /// Copies the list.
  public TableFacts {
    columns = List.copyOf(columns);
  }

  /// A column.
  ///
  /// @param name what its header calls it, or its number, counted from 1
  /// @param holds what it holds, in a few words
  public record Column(String name, String holds) {}

  static TableFacts of(CsvHead head, TableSchema schema, ColumnNotices notices) {
    List<Column> columns = new ArrayList<>();
    notices
        .each()
        .forEach((column, holds) ->
            columns.add(
                new Column(
                    head.name(column)
                        .map(TableSchema::oneLine)
                        .orElse(Integer.toString(column + 1)),
                    holds)));
    return new TableFacts(
        "column %s of %s: %s"
            .formatted(
                head.column(schema.labelColumn()),
                head.first().size(),
                columns.get(schema.labelColumn()).holds()),
        columns,
        notices.range().least(),
        notices.range().most());
  }
}
