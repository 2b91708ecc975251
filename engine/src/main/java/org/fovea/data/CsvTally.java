package org.fovea.data;

import java.util.ArrayList;
import java.util.List;

/// Counts what a reader did with fields that the training data did not prepare it for.
///
/// **Threads** Confined.
final class CsvTally {

  private final CsvHead head;
  private final String file;
  private long unknownCount;
  private String unknown = "";
  private long missingCount;
  private String missing = "";

  CsvTally(String file, CsvHead head) {
    this.file = file;
    this.head = head;
  }

  /// A text that the training data does not have.
  void unknown(CsvFields fields, int column) {
    if (unknownCount++ == 0) {
      unknown =
          "%s:%s:%s: %s in column %s is not in the training data and is treated as absent"
              .formatted(file, fields.line(), fields.column(), fields.shown(), head.column(column));
    }
  }

  /// A missing value in a column that always has one in the training data.
  void missing(CsvFields fields, int column) {
    if (missingCount++ == 0) {
      missing =
          "%s:%s:%s: nothing is in column %s, which the training data always has; it is read as the mean"
              .formatted(file, fields.line(), fields.column(), head.column(column));
    }
  }

  /// What there is to say, a sentence each.
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (unknownCount > 0) {
      notes.add(unknown + more(unknownCount));
    }
    if (missingCount > 0) {
      notes.add(missing + more(missingCount));
    }
    return notes;
  }

  private static String more(long count) {
    return count == 1 ? "" : ", and so are %s others".formatted(count - 1);
  }
}
