package org.fovea.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.MalformedDataException;

/// A table: one example a line, one column of classes, numbers in all others.
///
/// Fields are separated by commas, semicolons or tabs, whichever the first line has; a header is
/// recognised by text where numbers are; the class is in the column that is called `label`,
/// `class`, `target` or `y`, otherwise in the only one with text, and otherwise in the last, or in
/// the first where that has whole numbers and the last has not. What was decided is in
/// [#notices()].
///
/// A class is any text. The file is read once to learn which there are; they are numbered in the
/// order of numbers if all are numbers, and of text otherwise, so that the order of rows does not
/// matter. A table for a model is read by the [TableSchema] of the one that it was trained on.
///
/// **Threads** Safe.
public final class CsvSource implements ExampleSource {

  private final Content content;
  private final DataOptions options;
  private final CsvHead head;
  private final CsvReader.Layout layout;
  private final TableSchema schema;
  private final List<String> notices = new ArrayList<>();

  private CsvSource(Content content, DataOptions options) {
    this.content = content;
    this.options = options;
    this.head = new CsvHead(content, options);
    if (options.table().schema().isPresent()) {
      schema = options.table().schema().get();
      layout = CsvReader.Layout.of(matched(schema), schema.featureCount(), schema.classes(), true);
      return;
    }
    notices.add(head.notice());
    int featureCount = head.first().size() - 1;
    if (options.featureCount().orElse(featureCount) != featureCount) {
      throw head.malformed(
          "%s columns besides the classes were expected, %s came"
              .formatted(options.featureCount().getAsInt(), featureCount));
    }
    int[] targets = positional(head.first().size(), head.labelColumn());
    List<String> names = new ArrayList<>(head.hasHeader() ? head.first() : List.of());
    Optional<String> labelName =
        head.hasHeader() ? Optional.of(names.remove(head.labelColumn())) : Optional.empty();
    schema =
        new TableSchema(
            head.labelColumn(),
            labelName,
            featureCount,
            names,
            scan(CsvReader.Layout.scanning(targets, featureCount)));
    if (schema.classes().size() > options.labelCount().orElse(Integer.MAX_VALUE)) {
      throw head.malformed(
          "at most %s classes were expected, %s came"
              .formatted(options.labelCount().getAsInt(), schema.classes().size()));
    }
    layout = CsvReader.Layout.of(targets, featureCount, schema.classes(), false);
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

  /// Reads all rows once for the classes and for columns that never change.
  private List<String> scan(CsvReader.Layout open) {
    float[] first = new float[0];
    boolean[] changes = new boolean[open.featureCount()];
    long rows = 0;
    try (CsvReader reader = reader(open)) {
      while (reader.readRow()) {
        float[] row = reader.row();
        if (rows++ == 0) {
          first = row.clone();
        }
        for (int i = 0; i < row.length; i++) {
          changes[i] |= row[i] != first[i];
        }
      }
    }
    noteConstants(rows, changes);
    List<String> classes = new ArrayList<>(open.classes().texts());
    classes.sort(classes.stream().allMatch(CsvSource::isNumber) ? byNumber() : byText());
    notices.add(
        "%s: in %s rows found %s features and %s classes"
            .formatted(content.name(), rows, open.featureCount(), classes.size()));
    return classes;
  }

  private void noteConstants(long rows, boolean[] changes) {
    int constant = 0;
    List<String> some = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      if (!changes[i]) {
        constant++;
        if (some.size() < 3) {
          some.add(head.column(i < head.labelColumn() ? i : i + 1));
        }
      }
    }
    if (rows > 1 && constant > 0) {
      notices.add(
          "%s: %s of %s columns have the same value in all rows and tell nothing (%s%s); they are"
                  .formatted(
                      content.name(),
                      constant,
                      changes.length,
                      String.join(", ", some),
                      constant > some.size() ? ", ..." : "")
              + " kept, and standardization makes them 0");
    }
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
            ? head.first().get(head.labelColumn())
            : known.labelName().orElseThrow();
    for (int feature = 0; feature < known.featureCount(); feature++) {
      String name = known.featureNames().get(feature);
      Integer place = places.get(name);
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
    List<String> expected = new ArrayList<>(known.featureNames());
    boolean labelled = head.first().size() == known.featureCount() + 1;
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
    if (columns == known.featureCount()) {
      return positional(columns, columns);
    }
    if (columns != known.featureCount() + 1) {
      throw head.malformed(
          "%s columns, or %s without the classes, were expected, %s came"
              .formatted(known.featureCount() + 1, known.featureCount(), columns));
    }
    boolean asked = options.table().label().isPresent();
    return positional(columns, asked ? head.labelColumn() : known.labelColumn());
  }

  private CsvReader reader(CsvReader.Layout columns) {
    ByteInput input = ByteInput.open(content, options);
    try {
      return new CsvReader(new TextLines(input), head, columns, options.skipBad());
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

  /// What the columns are.
  public TableSchema schema() {
    return schema;
  }

  /// What classes and, with a header, features are called.
  public Names names() {
    return new Names(schema.classes(), schema.featureNames());
  }

  @Override
  public ExampleReader open() {
    return reader(layout);
  }
}
