package org.fovea.data;

import java.util.Optional;
import java.util.OptionalLong;

/// What the rows of a text file may hold.
///
/// @param firstFeature the number that the file gives to feature 0: 0 or 1
/// @param featureCount features that there are
/// @param labelCount labels that there are
/// @param announcedCount rows that the header announces; without a header empty lines are no
///   examples
/// @param classes what labels are, if they are no ids
/// @param isScan whether the file is only looked through: nothing is known of its labels
record XcLayout(
    int firstFeature,
    int featureCount,
    int labelCount,
    OptionalLong announcedCount,
    Optional<ClassTexts> classes,
    boolean isScan) {

  /// With ids for labels.
  XcLayout(int firstFeature, int featureCount, int labelCount, OptionalLong announcedCount) {
    this(firstFeature, featureCount, labelCount, announcedCount, Optional.empty(), false);
  }

  /// For a look at a file of which nothing is known but the number of its first feature.
  ///
  /// @param classes where classes go, if labels are classes
  static XcLayout scan(int firstFeature, Optional<ClassTexts> classes) {
    return new XcLayout(
        firstFeature, Integer.MAX_VALUE, Integer.MAX_VALUE, OptionalLong.empty(), classes, true);
  }
}
