package org.fovea.data;

import java.util.OptionalLong;

/// What the rows of a text file may hold.
///
/// @param firstFeature the number that the file gives to feature 0: 0 or 1
/// @param featureCount features that there are
/// @param labelCount labels that there are
/// @param announcedCount rows that the header announces; without a header empty lines are no
///   examples
record XcLayout(int firstFeature, int featureCount, int labelCount, OptionalLong announcedCount) {}
