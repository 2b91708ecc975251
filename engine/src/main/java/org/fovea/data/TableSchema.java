package org.fovea.data;

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
/// @param featureCount columns besides it
/// @param featureNames what the header calls them, in order; empty if the table has no header
/// @param classes texts of the classes, in the order of their ids
public record TableSchema(
    int labelColumn,
    Optional<String> labelName,
    int featureCount,
    List<String> featureNames,
    List<String> classes) {

  /// The same columns with further classes after those that are known.
  ///
  /// @param more texts of classes, of which those that are known are passed over
  public TableSchema withClasses(List<String> more) {
    Set<String> all = new LinkedHashSet<>(classes);
    all.addAll(more);
    return new TableSchema(labelColumn, labelName, featureCount, featureNames, List.copyOf(all));
  }

  /// Checks that the parts agree.
  public TableSchema {
    featureNames = List.copyOf(featureNames);
    classes = List.copyOf(classes);
    if (labelColumn < 0 || labelColumn > featureCount) {
      throw new IllegalArgumentException(
          "a column of classes from 0 to "
              + featureCount
              + " was expected, "
              + labelColumn
              + " came");
    }
    int named = labelName.isPresent() ? featureCount : 0;
    if (featureNames.size() != named) {
      throw new IllegalArgumentException(
          named + " names of features were expected, " + featureNames.size() + " came");
    }
  }

  /// Whether the table has a header.
  public boolean hasHeader() {
    return labelName.isPresent();
  }
}
