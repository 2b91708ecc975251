package org.fovea.data;

import java.util.List;

/// Where examples come from: it can be read from the beginning any number of times.
///
/// **Threads** Safe: a source is immutable, and each reader is its own.
public interface ExampleSource {

  /// What the source is called in messages: for a file its path as the user gave it.
  String name();

  /// Features that examples may have: each id is in `[0, featureCount)`.
  int featureCount();

  /// Labels that examples may have: each id is in `[0, labelCount)`.
  int labelCount();

  /// What was decided on the user's behalf while opening, one sentence each, for people to read.
  default List<String> notices() {
    return List.of();
  }

  /// Reads from the beginning. The caller closes the reader.
  ExampleReader open();
}
