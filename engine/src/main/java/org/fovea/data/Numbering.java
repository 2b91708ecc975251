package org.fovea.data;

/// The number of the first feature in plain libsvm text, which has no header to tell.
public enum Numbering {
  /// From 0 if the file has a feature 0, else from 1. The source says which it took.
  AUTO,
  /// Features are numbered from 0.
  FROM_ZERO,
  /// Features are numbered from 1; a feature 0 is an error.
  FROM_ONE
}
