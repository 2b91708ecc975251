package org.fovea.data;

/// The number of the first feature in plain libsvm text, which has no header to tell.
public enum IndexBase {
  /// 0 if the file has a feature 0, else 1. The reader says which it took.
  AUTO,
  /// Features are numbered from 0.
  ZERO,
  /// Features are numbered from 1; a feature 0 is an error.
  ONE
}
