package org.fovea.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.testkit.ChildJvm;

/// A process that edits a network until it is killed, and says after each edit that it was
/// acknowledged.
///
/// Edit `k` adds three patterns, and removes those of edit `k - 10`. Now and then all edits are
/// folded in.
final class EditProcess {

  /// Edits before this one leave no pattern.
  static final int KEPT = 10;

  private static final int FOLD_EVERY = 7;

  private EditProcess() {}

  /// The edit of a number.
  static List<PatternEdit> edit(int number) {
    List<PatternEdit> edits = new ArrayList<>();
    for (String pattern : patterns(number)) {
      edits.add(new PatternEdit.Add(pattern, "edited", 1));
    }
    if (number >= KEPT) {
      for (String pattern : patterns(number - KEPT)) {
        edits.add(new PatternEdit.Remove(pattern, "edited"));
      }
    }
    return edits;
  }

  /// The patterns that an edit adds.
  static List<String> patterns(int number) {
    return List.of("e%d one".formatted(number), "two e%d".formatted(number), "e" + number);
  }

  /// @param arguments the network, the number of the first edit
  public static void main(String[] arguments) {
    ChildJvm.endWithParent();
    try (PatternStore store = PatternStore.edit(Path.of(arguments[0]), new ArrayList<>())) {
      System.out.println("open");
      for (int number = Integer.parseInt(arguments[1]); ; number++) {
        store.apply(edit(number));
        System.out.println(number);
        if (number % FOLD_EVERY == 0) {
          store.fold();
        }
      }
    }
  }
}
