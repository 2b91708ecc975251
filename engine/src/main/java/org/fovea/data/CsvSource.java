package org.fovea.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.MalformedDataException;

/// A table: one example a row, one column of classes, and others of numbers, dates, times or texts.
///
/// Fields are separated by commas, semicolons, bars, tabs or spaces; a header is recognised by text
/// where numbers are; the class is in the column that is called `label`, `class`, `target` or `y`,
/// the first of these that there is, and otherwise in the one that looks most like it. What each
/// column becomes is told by [TableColumn]. What was decided is in [#notices()].
///
/// A class is any text. The file is read once or twice to learn which there are and what the
/// columns are like; classes are numbered in the order of numbers if all are numbers, and of text
/// otherwise, so that the order of rows does not matter. A table for a model is read by the
/// [TableSchema] of the one that it was trained on.
///
/// **Threads** Safe.
public final class CsvSource implements ExampleSource {

  private final Content content;
  private final DataOptions options;
  private final CsvHead head;
  private final CsvReader.Layout layout;
  private final TableSchema schema;
  private final Optional<TableFacts> facts;
  private final List<String> notices = new ArrayList<>();

  private CsvSource(Content content, DataOptions options) {
    this.content = content;
    this.options = options;
    this.head = new CsvHead(content, options);
    if (options.table().schema().isPresent()) {
      schema = options.table().schema().get();
      layout = new CsvReader.Layout(matched(schema), schema, true);
      facts = Optional.empty();
      return;
    }
    SchemaFinder finder = new SchemaFinder(content, options, head);
    schema = finder.find();
    notices.addAll(finder.notices().all());
    facts = Optional.of(TableFacts.of(head, schema, finder.notices()));
    requireCounts();
    int[] targets = positional(head.first().size(), schema.labelColumn());
    layout = new CsvReader.Layout(targets, schema, false);
  }

  private void requireCounts() {
    int features = schema.featureCount();
    if (options.featureCount().orElse(features) != features) {
      throw head.malformed(
          "columns that become %s features were expected, %s came"
              .formatted(options.featureCount().getAsInt(), features));
    }
    if (schema.classes().size() > options.labelCount().orElse(Integer.MAX_VALUE)) {
      throw head.malformed(
          "at most %s classes were expected, %s came"
              .formatted(options.labelCount().getAsInt(), schema.classes().size()));
    }
  }

  /// Reads the first lines, and the whole file unless the options have a schema.
  ///
  /// @throws MalformedDataException if that fails
  public static CsvSource open(Path file, DataOptions options) {
    return open(Content.of(file), options);
  }

  static CsvSource open(Content content, DataOptions options) {
    return new CsvSource(content, options);
  }

  /// The columns in their order.
  private static int[] positional(int columns, int labelColumn) {
    int[] targets = new int[columns];
    for (int column = 0; column < columns; column++) {
      targets[column] =
          column == labelColumn ? CsvReader.LABEL : column < labelColumn ? column : column - 1;
    }
    return targets;
  }

  /// What the columns of this file are in the terms of another.
  private int[] matched(TableSchema known) {
    int columns = head.first().size();
    if (!head.hasHeader() || !known.hasHeader()) {
      return byPosition(known, columns);
    }
    Map<String, Integer> places = new HashMap<>();
    for (int column = 0; column < columns; column++) {
      if (places.put(head.first().get(column), column) != null) {
        return inOrder(known);
      }
    }
    int[] targets = new int[columns];
    Arrays.fill(targets, CsvReader.IGNORED);
    String label =
        options.table().label().isPresent()
            ? head.first().get(head.column(options.table().label().get(), "of classes"))
            : known.labelName().orElseThrow();
    for (int feature = 0; feature < known.columns().size(); feature++) {
      TableColumn column = known.columns().get(feature);
      String name = column.name();
      Integer place = places.get(name);
      boolean needed =
          !(column instanceof TableColumn.LeftOut || column instanceof TableColumn.Weight);
      if (place == null && !needed) {
        continue;
      }
      if (place == null) {
        throw head.malformed("a column '" + name + "' was expected, none came");
      }
      if (targets[place] != CsvReader.IGNORED) {
        return inOrder(known);
      }
      targets[place] = feature;
    }
    Integer labelPlace = places.get(label);
    if (labelPlace != null) {
      targets[labelPlace] = CsvReader.LABEL;
    }
    noteIgnored(targets);
    return targets;
  }

  private void noteIgnored(int[] targets) {
    List<String> ignored = new ArrayList<>();
    int count = 0;
    for (int column = 0; column < targets.length; column++) {
      if (targets[column] == CsvReader.IGNORED) {
        count++;
        if (ignored.size() < 3) {
          ignored.add(head.column(column));
        }
      }
    }
    if (count > 0) {
      notices.add(
          "%s: %s columns that the training data does not have are left out (%s%s)"
              .formatted(
                  content.name(),
                  count,
                  String.join(", ", ignored),
                  count > ignored.size() ? ", ..." : ""));
    }
  }

  /// Names that come twice leave no choice but the same columns in the same order.
  private int[] inOrder(TableSchema known) {
    List<String> expected = new ArrayList<>();
    known.columns().forEach(column -> expected.add(column.name()));
    boolean labelled = head.first().size() == known.columns().size() + 1;
    if (labelled) {
      expected.add(known.labelColumn(), known.labelName().orElseThrow());
    }
    if (!expected.equals(head.first())) {
      throw head.malformed(
          "the columns of the training data in their order were expected, because a name comes"
              + " twice, others came");
    }
    return byPosition(known, head.first().size());
  }

  private int[] byPosition(TableSchema known, int columns) {
    int others = known.columns().size();
    if (columns == others) {
      return positional(columns, columns);
    }
    if (columns != others + 1) {
      throw head.malformed(
          "%s columns, or %s without the classes, were expected, %s came"
              .formatted(others + 1, others, columns));
    }
    Optional<String> asked = options.table().label();
    return positional(
        columns, asked.isPresent() ? head.column(asked.get(), "of classes") : known.labelColumn());
  }

  @Override
  public ExampleReader open() {
    ByteInput input = ByteInput.open(content, options);
    try {
      return new CsvReader(new TextLines(input), head, layout, options);
    } catch (RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /// The bytes of the file.
  Content content() {
    return content;
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public int featureCount() {
    return schema.featureCount();
  }

  @Override
  public int labelCount() {
    return schema.classes().size();
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /// What separates its fields.
  byte delimiter() {
    return head.dialect().delimiter();
  }

  /// What the columns are.
  public TableSchema schema() {
    return schema;
  }

  /// What a look at all rows told; nothing of a table that is read like another.
  public Optional<TableFacts> facts() {
    return facts;
  }

  /// What classes and, with a header, features are called.
  public Names names() {
    return schema.names();
  }
}
